import { z } from 'zod';
import type { Idempotency, Replay } from '../../ports/store/requests.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import type { Secrets } from './secrets.ts';

const replayRow = z.object({
  fingerprint: z.string(),
  begun_at: z.string(),
  status: z.number().nullable(),
});

const keptFor_ms = 24 * 3_600_000;
const givenUpAfter_ms = 5 * 60_000;

export class IdempotencyRows implements Sync<Idempotency> {
  readonly #db: Database;
  readonly #secrets: Secrets;

  constructor(db: Database, secrets: Secrets) {
    this.#db = db;
    this.#secrets = secrets;
  }

  begin(key: string, fingerprint: string, now: string): Replay {
    const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString();
    return this.#db
      .transaction((): Replay => {
        this.#db
          .prepare('DELETE FROM replays WHERE begun_at <= ? OR (status IS NULL AND begun_at <= ?)')
          .run(before(keptFor_ms), before(givenUpAfter_ms));
        const found = this.#db
          .prepare('SELECT fingerprint, begun_at, status FROM replays WHERE key = ?')
          .get(key);
        if (found === undefined) {
          this.#db.prepare('INSERT INTO replays VALUES (?, ?, ?, NULL)').run(key, fingerprint, now);
          return { kind: 'fresh' };
        }
        const row = replayRow.parse(found);
        if (row.fingerprint !== fingerprint) return { kind: 'mismatch' };
        if (row.status === null) return { kind: 'running' };
        const body = this.#secrets.get(`replay ${key}`, 'body', '') ?? '';
        return { kind: 'done', status: row.status, body };
      })
      .immediate();
  }

  complete(key: string, status: number, body: string): void {
    this.#db
      .transaction(() => {
        const { changes } = this.#db
          .prepare('UPDATE replays SET status = ? WHERE key = ?')
          .run(status, key);
        if (changes > 0) this.#secrets.put(`replay ${key}`, 'body', '', body);
      })
      .immediate();
  }

  forget(key: string): void {
    this.#db.prepare('DELETE FROM replays WHERE key = ?').run(key);
  }
}
