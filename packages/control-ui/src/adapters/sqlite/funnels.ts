import { z } from 'zod';
import type { Rows, StoredFunnel } from '../../ports/store/material.ts';
import type { Database } from './connection.ts';
import { NamedRows } from './named-rows.ts';
import type { Sync } from './protocol.ts';
import { jsonColumn, keptColumns, record, switchColumn } from './rows.ts';

const funnelRow = z.object({
  ...keptColumns,
  name: z.string(),
  enabled: switchColumn,
  priority: z.number(),
  content: jsonColumn(record),
});

/** Funnels. Name, order and switch are columns that SQLite reads from the funnel itself. */
export function funnelRows(db: Database, now: () => string): Sync<Rows<StoredFunnel>> {
  return new NamedRows<StoredFunnel>(db, now, {
    table: 'funnels',
    what: 'funnel',
    order: 'priority, id',
    columns: ['content'],
    values: ({ funnel, name, enabled, priority }) => [
      JSON.stringify({ ...funnel, name, enabled, priority }),
    ],
    written: () => {},
    read: (row) => {
      const { content, ...kept } = funnelRow.parse(row);
      return { ...kept, funnel: content };
    },
  });
}
