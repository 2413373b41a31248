import { z } from 'zod';
import type { Preferences } from '../../ports/store/requests.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { checkVersion, jsonColumn } from './rows.ts';

const preferencesRow = z.object({ content: jsonColumn(z.unknown()), version: z.number() });

export class PreferenceRows implements Sync<Preferences> {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(key_id: number): { readonly values: unknown; readonly version: number } {
    const row = this.#db
      .prepare('SELECT content, version FROM preferences WHERE key_id = ?')
      .get(key_id);
    if (row === undefined) return { values: null, version: 0 };
    const { content, version } = preferencesRow.parse(row);
    return { values: content, version };
  }

  put(key_id: number, values: unknown, version: number | null): { readonly version: number } {
    return this.#db
      .transaction(() => {
        const found = this.get(key_id).version;
        checkVersion('preferences', found, version);
        this.#db
          .prepare('INSERT OR REPLACE INTO preferences VALUES (?, ?, ?)')
          .run(key_id, JSON.stringify(values), found + 1);
        return { version: found + 1 };
      })
      .immediate();
  }
}
