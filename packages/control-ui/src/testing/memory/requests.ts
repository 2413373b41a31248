import type { Audit, AuditEntry } from '../../ports/store/audit.ts';
import type { Page, PageQuery } from '../../ports/store/kept.ts';
import type { Idempotency, Preferences, Replay } from '../../ports/store/requests.ts';
import { checkVersion, pageOf, stored } from './versions.ts';

/** The audit trail in memory. */
export class MemoryAudit implements Audit {
  readonly #entries: (AuditEntry & { readonly id: number })[] = [];

  async append(entry: AuditEntry): Promise<void> {
    this.#entries.push(stored({ ...entry, id: this.#entries.length + 1 }));
  }

  async list(query: PageQuery): Promise<Page<AuditEntry & { readonly id: number }>> {
    return pageOf(this.#entries.toReversed(), ({ id }) => id, query);
  }
}

interface Kept {
  readonly fingerprint: string;
  readonly begun_ms: number;
  readonly answer: { readonly status: number; readonly body: string } | null;
}

const keptFor_ms = 24 * 3_600_000;
const givenUpAfter_ms = 5 * 60_000;

/** Idempotency keys in memory. */
export class MemoryIdempotency implements Idempotency {
  readonly #kept = new Map<string, Kept>();

  async begin(key: string, fingerprint: string, now: string): Promise<Replay> {
    const now_ms = Date.parse(now);
    const found = this.#kept.get(key);
    const lasts_ms = found?.answer === null ? givenUpAfter_ms : keptFor_ms;
    if (found === undefined || now_ms - found.begun_ms >= lasts_ms) {
      this.#kept.set(key, { fingerprint, begun_ms: now_ms, answer: null });
      return { kind: 'fresh' };
    }
    if (found.fingerprint !== fingerprint) return { kind: 'mismatch' };
    return found.answer === null ? { kind: 'running' } : { kind: 'done', ...found.answer };
  }

  async complete(key: string, status: number, body: string): Promise<void> {
    const found = this.#kept.get(key);
    if (found !== undefined) this.#kept.set(key, { ...found, answer: { status, body } });
  }

  async forget(key: string): Promise<void> {
    this.#kept.delete(key);
  }
}

/** Preferences in memory. */
export class MemoryPreferences implements Preferences {
  readonly #kept = new Map<number, { readonly values: unknown; readonly version: number }>();

  async get(key_id: number): Promise<{ readonly values: unknown; readonly version: number }> {
    return stored(this.#kept.get(key_id) ?? { values: null, version: 0 });
  }

  async put(
    key_id: number,
    values: unknown,
    version: number | null,
  ): Promise<{ readonly version: number }> {
    const found = this.#kept.get(key_id)?.version ?? 0;
    checkVersion('preferences', found, version);
    this.#kept.set(key_id, stored({ values, version: found + 1 }));
    return { version: found + 1 };
  }
}
