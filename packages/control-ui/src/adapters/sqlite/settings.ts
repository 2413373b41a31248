import { z } from 'zod';
import type { KeptSettings, SettingsStore } from '../../ports/store/material.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { checkVersion, jsonColumn, record } from './rows.ts';
import { openValues, sealValues, withSecrets } from './sealed-values.ts';
import type { Secrets } from './secrets.ts';

const settingsRow = z.object({
  content: jsonColumn(record),
  preset: z.string().nullable(),
  version: z.number(),
  updated_at: z.string(),
});

const owner = 'settings';

export class SettingsRow implements Sync<SettingsStore> {
  readonly #db: Database;
  readonly #secrets: Secrets;
  readonly #now: () => string;

  constructor(db: Database, secrets: Secrets, now: () => string) {
    this.#db = db;
    this.#secrets = secrets;
    this.#now = now;
  }

  get(): KeptSettings {
    const { content, ...kept } = this.#row();
    return { ...kept, values: withSecrets(this.#secrets, owner, content) };
  }

  put(
    values: Readonly<Record<string, unknown>>,
    preset: string | null,
    version: number | null,
  ): KeptSettings {
    this.#db
      .transaction(() => {
        checkVersion('settings', this.#row().version, version);
        this.#db
          .prepare(
            'UPDATE settings SET content = ?, preset = ?, version = version + 1, updated_at = ?',
          )
          .run(JSON.stringify(openValues(values)), preset, this.#now());
        sealValues(this.#secrets, owner, values);
      })
      .immediate();
    return this.get();
  }

  #row(): z.output<typeof settingsRow> {
    return settingsRow.parse(
      this.#db.prepare('SELECT content, preset, version, updated_at FROM settings').get(),
    );
  }
}
