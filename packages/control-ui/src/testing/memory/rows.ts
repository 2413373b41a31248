import { type Kept, type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';
import type { Rows } from '../../ports/store/material.ts';
import { checkVersion, pageOf, stored } from './versions.ts';

type Given<T extends Kept> = Omit<T, keyof Kept>;

/** A table of named rows in memory; names are unique, ids never come back. */
export class MemoryRows<T extends Kept & { readonly name: string }> implements Rows<T> {
  readonly #what: string;
  readonly #now: () => string;
  readonly #order: (a: T, b: T) => number;
  readonly #written: (row: Given<T>) => Given<T>;
  readonly #rows = new Map<number, T>();
  #next = 1;

  constructor(
    what: string,
    now: () => string,
    order: (a: T, b: T) => number = (a, b) => a.id - b.id,
    written: (row: Given<T>) => Given<T> = (row) => row,
  ) {
    this.#what = what;
    this.#now = now;
    this.#order = order;
    this.#written = written;
  }

  async list(query: PageQuery): Promise<Page<T>> {
    const rows = [...this.#rows.values()].toSorted((a, b) => b.id - a.id);
    return pageOf(rows, ({ id }) => id, query);
  }

  async all(): Promise<readonly T[]> {
    return [...this.#rows.values()].toSorted(this.#order).map(stored);
  }

  async get(id: number): Promise<T | null> {
    const found = this.#rows.get(id);
    return found === undefined ? null : stored(found);
  }

  async byName(name: string): Promise<T | null> {
    const found = [...this.#rows.values()].find((row) => row.name === name);
    return found === undefined ? null : stored(found);
  }

  async create(row: Given<T>): Promise<T> {
    this.#free((row as unknown as { name: string }).name, null);
    const at = this.#now();
    const kept = { id: this.#next++, version: 1, created_at: at, updated_at: at };
    return this.#put({ ...this.#written(row), ...kept } as T);
  }

  async update(id: number, row: Given<T>, version: number | null): Promise<T> {
    const found = this.#must(id, version);
    this.#free((row as unknown as { name: string }).name, id);
    const { created_at } = found;
    const kept = { id, version: found.version + 1, created_at, updated_at: this.#now() };
    return this.#put({ ...this.#written(row), ...kept } as T);
  }

  async remove(id: number, version: number | null): Promise<void> {
    this.#must(id, version);
    this.#rows.delete(id);
  }

  #put(row: T): T {
    this.#rows.set(row.id, stored(row));
    return stored(row);
  }

  #must(id: number, version: number | null): T {
    const found = this.#rows.get(id);
    if (found === undefined) throw new StoreError('not_found', `There is no ${this.#what} ${id}.`);
    checkVersion(this.#what, found.version, version);
    return found;
  }

  #free(name: string, own: number | null): void {
    if (![...this.#rows.values()].some((row) => row.name === name && row.id !== own)) return;
    throw new StoreError('name_taken', `There is a ${this.#what} named “${name}” already.`);
  }
}
