import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Access, Role } from '../ports/store/access.ts';

/** Whoever came in. */
export interface Visitor {
  readonly key_id: number;
  readonly name: string;
  readonly role: Role;
  /** By cookie: such requests need the page's own origin. */
  readonly by: 'key' | 'session';
}

const sessionHours = 12;

/** SHA-256 in hex: keys and session ids are kept only so. Looking a hash up compares no secret byte by byte. */
export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex');

/** Lets in who has a key or a session. */
export class Gate {
  readonly #access: Access;
  readonly #clock: Clock;

  constructor(access: Access, clock: Clock) {
    this.#access = access;
    this.#clock = clock;
  }

  async byKey(key: string): Promise<Visitor | null> {
    const found = await this.#access.keyByHash(digestOf(key));
    if (found === null) return null;
    void this.#access.touchKey(found.id, this.#now()).catch(() => {});
    return { key_id: found.id, name: found.name, role: found.role, by: 'key' };
  }

  async bySession(id: string): Promise<Visitor | null> {
    const session = await this.#access.sessionByHash(digestOf(id), this.#now());
    if (session === null) return null;
    const { key } = session;
    return { key_id: key.id, name: key.name, role: key.role, by: 'session' };
  }

  /** Opens a session: its id is told once and kept as a hash. */
  async open(visitor: Visitor): Promise<{ readonly id: string; readonly expires_at: string }> {
    const id = randomBytes(32).toString('base64url');
    const expires_at = new Date(this.#clock.now() + sessionHours * 3_600_000).toISOString();
    await this.#access.addSession(digestOf(id), visitor.key_id, expires_at);
    return { id, expires_at };
  }

  async close(id: string): Promise<void> {
    await this.#access.removeSession(digestOf(id));
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
