import { z } from 'zod';
import { type Vault, VaultError } from '../../ports/vault.ts';
import type { Database } from './connection.ts';

const row = z.object({
  owner: z.string(),
  name: z.string(),
  context: z.string(),
  sealed: z.string(),
});

/**
 * The one table that holds secrets, all of them sealed. `bound` is what a secret belongs to besides its owner,
 * such as the address that a token is for: with another one it does not open.
 */
export class Secrets {
  readonly #db: Database;
  /** null: secrets stay closed, as for commands that do not need them. */
  readonly #vault: Vault | null;

  constructor(db: Database, vault: Vault | null) {
    this.#db = db;
    this.#vault = vault;
  }

  put(owner: string, name: string, bound: string, plain: string): void {
    const context = contextOf(owner, name, bound);
    this.#db
      .prepare('INSERT OR REPLACE INTO secrets VALUES (?, ?, ?, ?)')
      .run(owner, name, context, this.#opened.seal(plain, context));
  }

  /** null: there is none. */
  get(owner: string, name: string, bound: string): string | null {
    const sealed = this.#db
      .prepare('SELECT sealed FROM secrets WHERE owner = ? AND name = ?')
      .pluck()
      .get(owner, name);
    if (sealed === undefined) return null;
    return this.#opened.open(z.string().parse(sealed), contextOf(owner, name, bound));
  }

  names(owner: string): readonly string[] {
    const found = this.#db.prepare('SELECT name FROM secrets WHERE owner = ?').pluck().all(owner);
    return z.array(z.string()).parse(found);
  }

  removeAll(owner: string): void {
    this.#db.prepare('DELETE FROM secrets WHERE owner = ?').run(owner);
  }

  /** Seals everything anew; within the caller's transaction. */
  reseal(next: Vault): number {
    const update = this.#db.prepare('UPDATE secrets SET sealed = ? WHERE owner = ? AND name = ?');
    const all = z.array(row).parse(this.#db.prepare('SELECT * FROM secrets').all());
    for (const { owner, name, context, sealed } of all) {
      update.run(next.seal(this.#opened.open(sealed, context), context), owner, name);
    }
    return all.length;
  }

  get #opened(): Vault {
    if (this.#vault === null) throw new VaultError('The secret key was not given.');
    return this.#vault;
  }
}

const contextOf = (owner: string, name: string, bound: string): string =>
  [owner, name, bound].join('\n');
