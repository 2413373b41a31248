import { z } from 'zod';
import type { Preset, Rows } from '../../ports/store/material.ts';
import type { Database } from './connection.ts';
import { NamedRows } from './named-rows.ts';
import type { Sync } from './protocol.ts';
import { jsonColumn, keptColumns, record, switchColumn } from './rows.ts';
import { openValues, sealValues, withSecrets } from './sealed-values.ts';
import type { Secrets } from './secrets.ts';

const presetRow = z.object({
  ...keptColumns,
  name: z.string(),
  description: z.string(),
  content: jsonColumn(record),
  with_secrets: switchColumn,
});

/** Presets; the secrets of those that keep them are sealed apart. */
export function presetRows(db: Database, secrets: Secrets, now: () => string): Sync<Rows<Preset>> {
  const write = (id: number, row: Pick<Preset, 'settings' | 'with_secrets'>) =>
    sealValues(secrets, `preset ${id}`, row.with_secrets ? row.settings : {});
  return new NamedRows<Preset>(db, now, {
    table: 'presets',
    what: 'preset',
    order: 'id',
    columns: ['name', 'description', 'content', 'with_secrets'],
    values: (row) => [
      row.name,
      row.description,
      JSON.stringify(openValues(row.settings)),
      row.with_secrets ? 1 : 0,
    ],
    written: write,
    read: (row) => {
      const { content, ...preset } = presetRow.parse(row);
      return { ...preset, settings: withSecrets(secrets, `preset ${preset.id}`, content) };
    },
  });
}
