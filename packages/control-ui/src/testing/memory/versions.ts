import { type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';

/** What a database does with a value: a copy, without what JSON cannot hold. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** @throws StoreError unless `wanted` is null or the version at hand. */
export function checkVersion(what: string, found: number, wanted: number | null): void {
  if (wanted === null || wanted === found) return;
  throw new StoreError(
    'edited_meanwhile',
    `The ${what} was edited meanwhile: it has version ${found}, and ${wanted} was expected.`,
  );
}

/** One page of rows that come newest first; the cursor is the order of the last one shown. */
export function pageOf<T>(
  rows: readonly T[],
  order: (row: T) => number,
  { limit, cursor }: PageQuery,
): Page<T> {
  const below = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor);
  const left = rows.filter((row) => order(row) < (Number.isSafeInteger(below) ? below : 0));
  const items = left.slice(0, limit);
  const last = items.at(-1);
  const next = left.length > limit && last !== undefined ? String(order(last)) : null;
  return { items: items.map(stored), next, total: rows.length };
}
