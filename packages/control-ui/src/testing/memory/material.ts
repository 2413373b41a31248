import { isSecret, type SettingName, settingList } from '@trafficinator/contract';
import type {
  Document,
  DocumentKind,
  Documents,
  KeptSettings,
  Preset,
  Rows,
  SettingsStore,
  StoredFunnel,
} from '../../ports/store/material.ts';
import { MemoryRows } from './rows.ts';
import { checkVersion, stored } from './versions.ts';

/** Presets in memory: without `with_secrets` no secret is kept. */
export function memoryPresets(now: () => string): Rows<Preset> {
  const isKept = (name: string) =>
    !Object.hasOwn(settingList, name) || !isSecret(name as SettingName);
  return new MemoryRows<Preset>('preset', now, undefined, (row) => {
    if (row.with_secrets) return row;
    const settings = Object.entries(row.settings).filter(([name]) => isKept(name));
    return { ...row, settings: Object.fromEntries(settings) };
  });
}

/** Funnels in memory, tried by priority. */
export function memoryFunnels(now: () => string): Rows<StoredFunnel> {
  return new MemoryRows<StoredFunnel>(
    'funnel',
    now,
    (a, b) => a.priority - b.priority || a.id - b.id,
    (row) => {
      const { name, enabled, priority } = row;
      return { ...row, funnel: { ...row.funnel, name, enabled, priority } };
    },
  );
}

/** Documents in memory: versions go on counting when one is cleared. */
export class MemoryDocuments implements Documents {
  readonly #now: () => string;
  readonly #kept = new Map<DocumentKind, { version: number; document: Document | null }>();

  constructor(now: () => string) {
    this.#now = now;
  }

  async get(kind: DocumentKind): Promise<Document | null> {
    return this.#kept.get(kind)?.document ?? null;
  }

  async put(kind: DocumentKind, content: string, version: number | null): Promise<Document> {
    const document = {
      kind,
      content,
      version: this.#next(kind, version),
      updated_at: this.#now(),
    };
    this.#kept.set(kind, { version: document.version, document });
    return document;
  }

  async clear(kind: DocumentKind, version: number | null): Promise<void> {
    if ((this.#kept.get(kind)?.document ?? null) === null) return;
    this.#kept.set(kind, { version: this.#next(kind, version), document: null });
  }

  #next(kind: DocumentKind, version: number | null): number {
    const found = this.#kept.get(kind)?.version ?? 0;
    checkVersion(`list of ${kind}`, found, version);
    return found + 1;
  }
}

/** The saved settings in memory. */
export class MemorySettings implements SettingsStore {
  readonly #now: () => string;
  #kept: KeptSettings;

  constructor(now: () => string) {
    this.#now = now;
    this.#kept = { values: {}, preset: null, version: 1, updated_at: now() };
  }

  async get(): Promise<KeptSettings> {
    return stored(this.#kept);
  }

  async put(
    values: Readonly<Record<string, unknown>>,
    preset: string | null,
    version: number | null,
  ): Promise<KeptSettings> {
    checkVersion('settings', this.#kept.version, version);
    const next = this.#kept.version + 1;
    this.#kept = stored({ values, preset, version: next, updated_at: this.#now() });
    return this.get();
  }
}
