import { z } from 'zod';
import { type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';

/** A column with the text of a JSON value of some form. */
export const jsonColumn = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(schema);

export const record = z.record(z.string(), z.unknown());

/** A column with 0 or 1. */
export const switchColumn = z.union([z.literal(0), z.literal(1)]).transform((bit) => bit === 1);

export const keptColumns = {
  id: z.number(),
  version: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
};

/**
 * A page of rows that are in descending order of a whole number. `load` gets one row more than is asked for,
 * all below a number.
 */
export function pageOf<R, T>(
  query: PageQuery,
  total: number,
  load: (below: number, limit: number) => readonly R[],
  order: (row: R) => number,
  item: (row: R) => T,
): Page<T> {
  const below = query.cursor === null ? Number.MAX_SAFE_INTEGER : Number(query.cursor);
  const rows = load(Number.isSafeInteger(below) ? below : 0, query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const next = rows.length > query.limit && last !== undefined ? String(order(last)) : null;
  return { items: shown.map(item), next, total };
}

export const notFound = (what: string): StoreError =>
  new StoreError('not_found', `There is no ${what}.`);

export const nameTaken = (what: string, name: string): StoreError =>
  new StoreError('name_taken', `There is a ${what} named “${name}” already.`);

/** @throws StoreError `edited_meanwhile` unless `wanted` is null or the version at hand. */
export function checkVersion(what: string, found: number, wanted: number | null): void {
  if (wanted === null || wanted === found) return;
  throw new StoreError(
    'edited_meanwhile',
    `The ${what} was edited meanwhile: it has version ${found}, and ${wanted} was expected.`,
  );
}
