import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';
import type { Predecessor } from '../../ports/predecessor.ts';
import { OpeningError } from '../../ports/store/opening.ts';
import { troubleOf } from './trouble.ts';

const timed = { created_at: z.string().nullable(), updated_at: z.string().nullable() };
const presetRow = z.object({
  name: z.string(),
  description: z.string().nullable(),
  config_json: z.string(),
  ...timed,
});
const funnelRow = presetRow.extend({
  probability: z.number().nullable(),
  priority: z.number().nullable(),
  enabled: z.number().nullable(),
});

/**
 * Reads a copy of the predecessor's `presets.db` (or the folder it is in), with `urls.txt` and `events.json`
 * beside it. The file is read into memory: nothing of it is changed. @throws OpeningError `data_unusable`
 */
export function readPredecessor(path: string): Predecessor {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const file = isFolder ? join(path, 'presets.db') : path;
  const beside = (name: string): string | null => {
    const other = join(dirname(file), name);
    return existsSync(other) ? readFileSync(other, 'utf8') : null;
  };
  try {
    for (const journal of [`${file}-journal`, `${file}-wal`]) {
      if (!existsSync(journal) || statSync(journal).size === 0) continue;
      throw unusable(`${journal} holds changes that the database does not have yet`);
    }
    const db = new SqliteDatabase(inMemory(readFileSync(file)), { readonly: true });
    try {
      const tables = z
        .array(z.string())
        .parse(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
      const rows = (table: string) =>
        tables.includes(table) ? db.prepare(`SELECT * FROM ${table} ORDER BY id`).all() : [];
      if (!tables.includes('config_presets') && !tables.includes('funnels')) {
        throw unusable(`${file} has neither presets nor funnels`);
      }
      return {
        presets: z.array(presetRow).parse(rows('config_presets')),
        funnels: z.array(funnelRow).parse(rows('funnels')),
        urls: beside('urls.txt'),
        events: beside('events.json'),
      };
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof z.ZodError) throw unusable(`${file} has columns of another form`);
    const trouble = troubleOf(error);
    throw trouble === null ? error : unusable(`${file} ${trouble}`);
  }
}

/** A database in memory has no write-ahead log, so the header must not say that it has (bytes 18 and 19). */
function inMemory(content: Buffer): Buffer {
  if (content.length < 20) throw unusable('The file is too short for a database');
  content.fill(1, 18, 20);
  return content;
}

function unusable(why: string): OpeningError {
  return new OpeningError(
    'data_unusable',
    `${why}.`,
    'Stop the old program, copy its data folder, and name presets.db in the copy.',
  );
}
