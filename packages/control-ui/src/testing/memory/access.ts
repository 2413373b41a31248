import type { Access, Key, Role, Session } from '../../ports/store/access.ts';
import { StoreError } from '../../ports/store/kept.ts';

/** Keys and sessions in memory. */
export class MemoryAccess implements Access {
  readonly #now: () => string;
  readonly #keys = new Map<string, Key>();
  readonly #sessions = new Map<string, { readonly key_id: number; readonly expires_at: string }>();

  constructor(now: () => string) {
    this.#now = now;
  }

  async addKey(name: string, role: Role, hash: string): Promise<Key> {
    if ([...this.#keys.values()].some((key) => key.name === name && key.revoked_at === null)) {
      throw new StoreError('name_taken', `There is a key named “${name}” already.`);
    }
    const key: Key = {
      id: this.#keys.size + 1,
      name,
      role,
      created_at: this.#now(),
      last_used_at: null,
      revoked_at: null,
    };
    this.#keys.set(hash, key);
    return key;
  }

  async keys(): Promise<readonly Key[]> {
    return [...this.#keys.values()];
  }

  async revokeKey(name: string): Promise<void> {
    const found = [...this.#keys].find(([, key]) => key.name === name && key.revoked_at === null);
    if (found === undefined) {
      throw new StoreError('not_found', `There is no key named “${name}” that is not revoked.`);
    }
    const [hash, key] = found;
    this.#keys.set(hash, { ...key, revoked_at: this.#now() });
    for (const [id, { key_id }] of this.#sessions) if (key_id === key.id) this.#sessions.delete(id);
  }

  async keyByHash(hash: string): Promise<Key | null> {
    const key = this.#keys.get(hash);
    return key === undefined || key.revoked_at !== null ? null : key;
  }

  async touchKey(id: number, at: string): Promise<void> {
    for (const [hash, key] of this.#keys) {
      if (key.id === id) this.#keys.set(hash, { ...key, last_used_at: at });
    }
  }

  async addSession(hash: string, key_id: number, expires_at: string): Promise<void> {
    this.#sessions.set(hash, { key_id, expires_at });
  }

  async sessionByHash(hash: string, now: string): Promise<Session | null> {
    const session = this.#sessions.get(hash);
    if (session === undefined || session.expires_at <= now) return null;
    const key = [...this.#keys.values()].find(({ id }) => id === session.key_id);
    if (key === undefined || key.revoked_at !== null) return null;
    return { key, expires_at: session.expires_at };
  }

  async removeSession(hash: string): Promise<void> {
    this.#sessions.delete(hash);
  }
}
