import type { ImportItem } from '@trafficinator/contract/rest';
import type { Kept } from '../../ports/store/kept.ts';
import type { Rows } from '../../ports/store/material.ts';
import { freeName } from '../names.ts';

/** One thing of an export, what becomes of it, and how that is done; `apply` gives back how to undo it. */
export interface Planned {
  readonly item: ImportItem;
  readonly apply: (() => Promise<() => Promise<unknown>>) | null;
}

export type Conflict = 'skip' | 'replace' | 'rename';
type Mistakes = ImportItem['errors'];

export const refusedItem = (kind: ImportItem['kind'], name: string, errors: Mistakes): Planned => ({
  item: { kind, name, action: 'refused', as: null, errors },
  apply: null,
});

/** Plans for rows that have names: what is taken is skipped, replaced or renamed. */
export async function planRows<T extends Kept & { readonly name: string }>(
  kind: ImportItem['kind'],
  rows: Rows<T>,
  given: readonly {
    readonly row: Omit<T, keyof Kept> & { readonly name: string };
    readonly errors: Mistakes;
  }[],
  conflict: Conflict,
  reserved: readonly string[],
  change: {
    /** The row under another name. */
    readonly renamed: (row: Omit<T, keyof Kept>, name: string) => Omit<T, keyof Kept>;
    /** The row in place of the one that is there. */
    readonly over: (row: Omit<T, keyof Kept>, there: T) => Omit<T, keyof Kept>;
  },
): Promise<Planned[]> {
  const kept = new Map((await rows.all()).map((row) => [row.name, row]));
  const names = new Set([...kept.keys(), ...reserved, ...given.map(({ row }) => row.name)]);
  const seen = new Set<string>(reserved);
  return given.map(({ row, errors }): Planned => {
    const { name } = row;
    if (errors.length > 0) return refusedItem(kind, name, errors);
    const there = kept.get(name);
    const twice = seen.has(name);
    seen.add(name);
    const plan = (action: ImportItem['action'], as: string | null, apply: Planned['apply']) => ({
      item: { kind, name, action, as, errors: [] },
      apply,
    });
    if (there === undefined && !twice) return plan('created', null, () => create(rows, row));
    if (conflict === 'skip') return plan('skipped', null, null);
    if (conflict === 'replace' && there !== undefined && !twice) {
      return plan('replaced', null, async () => {
        await rows.update(there.id, change.over(row, there), there.version);
        return () => rows.update(there.id, there, null);
      });
    }
    const as = freeName(name, 'imported', (each) => names.has(each));
    names.add(as);
    return plan('renamed', as, () => create(rows, change.renamed(row, as)));
  });
}

async function create<T extends Kept>(
  rows: Rows<T>,
  row: Omit<T, keyof Kept>,
): Promise<() => Promise<unknown>> {
  const { id } = await rows.create(row);
  return () => rows.remove(id, null);
}
