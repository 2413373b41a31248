import { z } from 'zod';
import { type Access, type Key, type Role, roles, type Session } from '../../ports/store/access.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { nameTaken, notFound } from './rows.ts';
import { isNameTaken } from './trouble.ts';

const keyRow = z.object({
  id: z.number(),
  name: z.string(),
  role: z.enum(roles),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
const columns = 'id, name, role, created_at, last_used_at, revoked_at';

/** Uses of a key are noted this far apart at least: a note costs a write to the disk. */
const touchEvery_ms = 60_000;

export class AccessRows implements Sync<Access> {
  readonly #db: Database;
  readonly #now: () => string;

  constructor(db: Database, now: () => string) {
    this.#db = db;
    this.#now = now;
  }

  addKey(name: string, role: Role, hash: string): Key {
    try {
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO keys (name, role, hash, created_at) VALUES (?, ?, ?, ?)')
        .run(name, role, hash, this.#now());
      return keyRow.parse(this.#select('id = ?').get(lastInsertRowid));
    } catch (error) {
      if (isNameTaken(error)) throw nameTaken('key', name);
      throw error;
    }
  }

  keys(): readonly Key[] {
    return z.array(keyRow).parse(this.#select('true ORDER BY id').all());
  }

  revokeKey(name: string): void {
    this.#db
      .transaction(() => {
        const id = this.#select('name = ? AND revoked_at IS NULL').pluck().get(name);
        if (id === undefined) throw notFound(`key named “${name}” that is not revoked`);
        this.#db.prepare('UPDATE keys SET revoked_at = ? WHERE id = ?').run(this.#now(), id);
        this.#db.prepare('DELETE FROM sessions WHERE key_id = ?').run(id);
      })
      .immediate();
  }

  keyByHash(hash: string): Key | null {
    const row = this.#select('hash = ? AND revoked_at IS NULL').get(hash);
    return row === undefined ? null : keyRow.parse(row);
  }

  touchKey(id: number, at: string): void {
    const before = new Date(Date.parse(at) - touchEvery_ms).toISOString();
    this.#db
      .prepare(
        'UPDATE keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
      )
      .run(at, id, before);
  }

  addSession(hash: string, key_id: number, expires_at: string): void {
    this.#db
      .transaction(() => {
        this.#db.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(this.#now());
        this.#db.prepare('INSERT INTO sessions VALUES (?, ?, ?)').run(hash, key_id, expires_at);
      })
      .immediate();
  }

  sessionByHash(hash: string, now: string): Session | null {
    const expires_at = this.#db
      .prepare('SELECT expires_at FROM sessions WHERE hash = ? AND expires_at > ?')
      .pluck()
      .get(hash, now);
    const key = this.#select(
      'revoked_at IS NULL AND id = (SELECT key_id FROM sessions WHERE hash = ?)',
    ).get(hash);
    if (expires_at === undefined || key === undefined) return null;
    return { key: keyRow.parse(key), expires_at: z.string().parse(expires_at) };
  }

  removeSession(hash: string): void {
    this.#db.prepare('DELETE FROM sessions WHERE hash = ?').run(hash);
  }

  #select(where: string) {
    return this.#db.prepare(`SELECT ${columns} FROM keys WHERE ${where}`);
  }
}
