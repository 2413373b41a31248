import { z } from 'zod';
import { type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';
import {
  type Run,
  type RunEnd,
  type RunKind,
  type Runs,
  runEnds,
  runKinds,
  type SeriesPoint,
} from '../../ports/store/runs.ts';
import { isSecretName } from '../../secret-names.ts';
import type { Database } from './connection.ts';
import { Points } from './points.ts';
import type { Sync } from './protocol.ts';
import { jsonColumn, notFound, pageOf, record } from './rows.ts';
import { isNameTaken } from './trouble.ts';

const runRow = z.object({
  seq: z.number(),
  id: z.string(),
  kind: z.enum(runKinds),
  name: z.string().nullable(),
  instances: jsonColumn(z.array(z.string())),
  started_by: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  ending: z.enum(runEnds).nullable(),
  reason: z.string().nullable(),
  settings: jsonColumn(record),
  preset: z.string().nullable(),
  result: jsonColumn(record).nullable(),
  bucket_seconds: z.number(),
});

type Values = Readonly<Record<string, unknown>>;

export class RunRows implements Sync<Runs> {
  readonly #db: Database;
  readonly #points: Points;

  constructor(db: Database) {
    this.#db = db;
    this.#points = new Points(db);
  }

  begin(run: Run): void {
    const { end, ...row } = run;
    try {
      this.#db
        .prepare(
          `INSERT INTO runs (id, kind, name, instances, started_by, started_at, ended_at, ending, reason,
                             settings, preset, result)
           VALUES (@id, @kind, @name, @instances, @started_by, @started_at, @ended_at, @ending, @reason,
                   @settings, @preset, @result)`,
        )
        .run({
          ...row,
          ending: end,
          instances: JSON.stringify(run.instances),
          settings: JSON.stringify(masked(run.settings)),
          result: run.result === null ? null : JSON.stringify(run.result),
        });
    } catch (error) {
      if (!isNameTaken(error)) throw error;
      throw new StoreError('name_taken', `There is a run ${run.id} already.`);
    }
  }

  progress(id: string, result: Values): void {
    this.#update(id, 'result = @result', { result: JSON.stringify(result) });
  }

  finish(id: string, end: RunEnd, reason: string | null, at: string, result: Values | null): void {
    this.#update(
      id,
      'ending = @end, reason = @reason, ended_at = @at, result = coalesce(@result, result)',
      { end, reason, at, result: result === null ? null : JSON.stringify(result) },
    );
  }

  get(id: string): Run | null {
    const row = this.#db.prepare('SELECT * FROM runs WHERE id = ?').get(id);
    return row === undefined ? null : runOf(runRow.parse(row));
  }

  list(query: PageQuery, kind: RunKind | null): Page<Run> {
    const where = '(@kind IS NULL OR kind = @kind)';
    const total = this.#db.prepare(`SELECT count(*) FROM runs WHERE ${where}`).pluck();
    const select = this.#db.prepare(
      `SELECT * FROM runs WHERE ${where} AND seq < @below ORDER BY seq DESC LIMIT @limit`,
    );
    return pageOf(
      query,
      Number(total.get({ kind })),
      (below, limit) => z.array(runRow).parse(select.all({ kind, below, limit })),
      (row) => row.seq,
      runOf,
    );
  }

  open(): readonly Run[] {
    const rows = this.#db.prepare('SELECT * FROM runs WHERE ending IS NULL ORDER BY seq').all();
    return z.array(runRow).parse(rows).map(runOf);
  }

  remove(id: string): void {
    const { changes } = this.#db.prepare('DELETE FROM runs WHERE id = ?').run(id);
    if (changes === 0) throw notFound(`run ${id}`);
  }

  append(id: string, points: readonly SeriesPoint[]): void {
    this.#db
      .transaction(() => {
        const { seq, bucket_seconds } = this.#placeOf(id);
        const width = this.#points.append(seq, bucket_seconds, points);
        if (width === bucket_seconds) return;
        this.#db.prepare('UPDATE runs SET bucket_seconds = ? WHERE seq = ?').run(width, seq);
      })
      .immediate();
  }

  series(id: string, from: number, to: number, points: number): readonly SeriesPoint[] {
    const { seq, bucket_seconds } = this.#placeOf(id);
    return this.#points.series(seq, bucket_seconds, from, to, points);
  }

  #placeOf(id: string): { readonly seq: number; readonly bucket_seconds: number } {
    const row = this.#db.prepare('SELECT seq, bucket_seconds FROM runs WHERE id = ?').get(id);
    if (row === undefined) throw notFound(`run ${id}`);
    return runRow.pick({ seq: true, bucket_seconds: true }).parse(row);
  }

  #update(id: string, sets: string, values: Readonly<Record<string, string | null>>): void {
    const { changes } = this.#db
      .prepare(`UPDATE runs SET ${sets} WHERE id = @id`)
      .run({ ...values, id });
    if (changes === 0) throw notFound(`run ${id}`);
  }
}

function runOf({
  seq: _seq,
  bucket_seconds: _width,
  ending,
  ...row
}: z.output<typeof runRow>): Run {
  return { ...row, end: ending };
}

/** Whoever forgets to mask them: a run never keeps secrets. */
function masked(settings: Values): Values {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isSecretName(name) && value !== null ? '***' : value]),
  );
}
