import type { Kept, Page, PageQuery } from '../../ports/store/kept.ts';
import type { KeptTimes, Rows } from '../../ports/store/material.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { checkVersion, nameTaken, notFound, pageOf } from './rows.ts';
import { isNameTaken } from './trouble.ts';

type Given<T extends Kept> = Omit<T, keyof Kept>;

/** How one table of named rows is written and read. */
export interface TableOf<T extends Kept> {
  readonly table: string;
  /** One row, for a person. */
  readonly what: string;
  /** The order in which loaders use them. */
  readonly order: string;
  readonly columns: readonly string[];
  /** Of the columns, in their order. */
  readonly values: (row: Given<T>) => readonly (string | number | null)[];
  /** What is kept elsewhere, within the same transaction. */
  readonly written: (id: number, row: Given<T>) => void;
  readonly read: (row: unknown) => T;
}

/** A table of named rows with versions. */
export class NamedRows<T extends Kept & { readonly name: string }> implements Sync<Rows<T>> {
  readonly #db: Database;
  readonly #now: () => string;
  readonly #of: TableOf<T>;

  constructor(db: Database, now: () => string, of: TableOf<T>) {
    this.#db = db;
    this.#now = now;
    this.#of = of;
  }

  list(query: PageQuery): Page<T> {
    const { table, read } = this.#of;
    const total = Number(this.#db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const select = this.#db.prepare(`SELECT * FROM ${table} WHERE id < ? ORDER BY id DESC LIMIT ?`);
    const load = (below: number, limit: number) => select.all(below, limit).map(read);
    return pageOf(
      query,
      total,
      load,
      (row) => row.id,
      (row) => row,
    );
  }

  all(): readonly T[] {
    const { table, order, read } = this.#of;
    return this.#db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all().map(read);
  }

  get(id: number): T | null {
    return this.#find('id', id);
  }

  byName(name: string): T | null {
    return this.#find('name', name);
  }

  create(row: Given<T>, times: KeptTimes | null = null): T {
    const { table, columns, values, written } = this.#of;
    const names = [...columns, 'created_at', 'updated_at'];
    const insert = this.#db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    const now = this.#now();
    const { created_at, updated_at } = times ?? { created_at: now, updated_at: now };
    return this.#write(row, () => {
      const { lastInsertRowid } = insert.run(...values(row), created_at, updated_at);
      written(Number(lastInsertRowid), row);
      return Number(lastInsertRowid);
    });
  }

  update(id: number, row: Given<T>, version: number | null): T {
    const { table, columns, values, written } = this.#of;
    const sets = [...columns.map((name) => `${name} = ?`), 'updated_at = ?'].join(', ');
    const update = this.#db.prepare(
      `UPDATE ${table} SET ${sets}, version = version + 1 WHERE id = ?`,
    );
    return this.#write(row, () => {
      this.#check(id, version);
      update.run(...values(row), this.#now(), id);
      written(id, row);
      return id;
    });
  }

  remove(id: number, version: number | null): void {
    const { table } = this.#of;
    this.#db
      .transaction(() => {
        this.#check(id, version);
        this.#db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
      })
      .immediate();
  }

  #write(row: Given<T>, action: () => number): T {
    const { what } = this.#of;
    try {
      const id = this.#db.transaction(action).immediate();
      return this.#find('id', id) as T;
    } catch (error) {
      if (isNameTaken(error)) throw nameTaken(what, (row as unknown as { name: string }).name);
      throw error;
    }
  }

  #check(id: number, version: number | null): void {
    const { table, what } = this.#of;
    const select = this.#db.prepare(`SELECT version FROM ${table} WHERE id = ?`).pluck();
    const found = select.get(id);
    if (found === undefined) throw notFound(`${what} ${id}`);
    checkVersion(what, Number(found), version);
  }

  #find(column: 'id' | 'name', value: number | string): T | null {
    const { table, read } = this.#of;
    const row = this.#db.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`).get(value);
    return row === undefined ? null : read(row);
  }
}
