import { type Database, guarded, openStateFile, type Statement } from '../sqlite.ts';
import type {
  Batch,
  BatchJournal,
  BatchOutcome,
  JournalReport,
  Marks,
  NewBatch,
  RememberedBackfill,
} from './batch.ts';
import {
  type BatchRow,
  batchOf,
  batchSchema,
  batchSchemaVersion,
  type FinishedRow,
  finishedOf,
  textOfMarks,
} from './batch-rows.ts';

/** The memory of a backfill in a SQLite file of its own; some 100 bytes a batch. */
export class SqliteBatchJournal implements BatchJournal {
  readonly #path: string;
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  /** Throws a StateError when another run holds the file or it cannot be used. */
  constructor(path: string) {
    this.#path = path;
    this.#db = openStateFile(path, batchSchema, batchSchemaVersion, true);
  }

  latest(): RememberedBackfill | null {
    const row = this.#get('SELECT * FROM backfill ORDER BY rowid DESC LIMIT 1') as
      | (Omit<RememberedBackfill, 'settings'> & { settings: string })
      | undefined;
    return row === undefined ? null : { ...row, settings: JSON.parse(row.settings) };
  }

  begin(backfill: Omit<RememberedBackfill, 'ended_at_ms'>): void {
    this.#together(() => {
      this.#run('DELETE FROM batch');
      this.#run('DELETE FROM backfill');
      this.#run(
        `INSERT INTO backfill VALUES (@run_id, @seed, @zone, @first_day, @days, @cut_ms, @lanes, @settings,
          @started_at_ms, NULL)`,
        { ...backfill, settings: JSON.stringify(backfill.settings) },
      );
    });
  }

  nextIndex(lane: number): number | null {
    const row = this.#get('SELECT max(end_index) AS at FROM batch WHERE lane = ?', lane);
    return (row as { at: number | null }).at;
  }

  open(lane: number): Batch[] {
    const rows = this.#all(
      `SELECT * FROM batch WHERE lane = ? AND state IN ('sent', 'rolled_back', 'unknown')
        ORDER BY first_index, end_index`,
      lane,
    );
    return (rows as BatchRow[]).map(batchOf);
  }

  openers(): readonly Pick<Batch, 'day' | 'first_index'>[] {
    return this.#all(
      `SELECT day, first_index FROM batch WHERE opener = 1 AND state IN ('acknowledged', 'given_up')`,
    ) as Pick<Batch, 'day' | 'first_index'>[];
  }

  sending(batch: NewBatch): Batch {
    const { lastInsertRowid } = this.#run(
      `INSERT INTO batch
        (lane, day, first_index, end_index, opener, visits, hits, state, sent_at_ms, bulk)
        VALUES (@lane, @day, @first_index, @end_index, @opener, @visits, @hits, 'sent', @sent_at_ms, @bulk)`,
      { ...batch, opener: batch.opener ? 1 : 0, bulk: batch.bulk ? 1 : 0 },
    );
    return this.#one(Number(lastInsertRowid));
  }

  leaving(id: number, at_ms: number, bulk: boolean): void {
    this.#run(
      `UPDATE batch SET state = 'sent', sent_at_ms = ?, bulk = ? WHERE id = ?`,
      at_ms,
      bulk ? 1 : 0,
      id,
    );
  }

  progress(id: number, done: number, marks: Marks, reason: string | null): void {
    this.#run(
      'UPDATE batch SET done = ?, marks = ?, reason = ? WHERE id = ?',
      done,
      textOfMarks(marks),
      reason,
      id,
    );
  }

  rolledBack(id: number): void {
    this.#run(`UPDATE batch SET state = 'rolled_back' WHERE id = ?`, id);
  }

  unknown(id: number): void {
    this.#run(`UPDATE batch SET state = 'unknown' WHERE id = ?`, id);
  }

  split(id: number, left: Pick<Batch, 'end_index' | 'visits' | 'hits'>): readonly [Batch, Batch] {
    return this.#together(() => {
      const whole = this.#one(id);
      this.#run(
        `UPDATE batch SET state = 'rolled_back', end_index = @end_index, visits = @visits, hits = @hits
          WHERE id = @id`,
        { ...left, id },
      );
      const right = this.sending({
        ...whole,
        first_index: left.end_index,
        visits: whole.visits - left.visits,
        hits: whole.hits - left.hits,
      });
      this.rolledBack(right.id);
      return [this.#one(id), this.#one(right.id)] as const;
    });
  }

  remove(id: number): void {
    this.#run('DELETE FROM batch WHERE id = ?', id);
  }

  finish(id: number, state: 'acknowledged' | 'given_up', outcome: BatchOutcome): void {
    this.#run(
      `UPDATE batch SET state = @state, done = hits, accepted = @accepted, rejected = @rejected,
        failed = @failed, unknown = @unknown, found = @found, queued = @queued, reason = @reason,
        marks = @marks WHERE id = @id`,
      { ...outcome, marks: textOfMarks(outcome.marks), id, state },
    );
  }

  *finished(): Generator<Batch & BatchOutcome> {
    const rows = this.#prepare(
      `SELECT * FROM batch WHERE state IN ('acknowledged', 'given_up') ORDER BY first_index, end_index`,
    ).iterate() as IterableIterator<FinishedRow>;
    for (const row of rows) yield finishedOf(row);
  }

  report(): JournalReport {
    const ended = `FROM batch WHERE state IN ('acknowledged', 'given_up')`;
    const days = this.#all(
      `SELECT day, sum(visits) AS visits, sum(hits) AS hits, sum(accepted) AS accepted,
        sum(rejected) AS rejected, sum(failed) AS failed, sum(unknown) AS unknown
        ${ended} GROUP BY day ORDER BY day`,
    );
    const known = this.#get(
      `SELECT coalesce(sum(found), 0) AS found, coalesce(sum(queued), 0) AS queued ${ended}`,
    );
    const reasons = this.#all(
      `SELECT reason, sum(failed) AS failed, sum(unknown) AS unknown
        ${ended} AND failed + unknown > 0 GROUP BY reason ORDER BY reason`,
    );
    return {
      ...(known as Pick<JournalReport, 'found' | 'queued'>),
      days: days as JournalReport['days'],
      reasons: reasons as JournalReport['reasons'],
    };
  }

  end(at_ms: number): void {
    this.#run('UPDATE backfill SET ended_at_ms = ?', at_ms);
  }

  close(): void {
    this.#db.close();
  }

  #one(id: number): Batch {
    return batchOf(this.#get('SELECT * FROM batch WHERE id = ?', id) as BatchRow);
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #together<T>(actions: () => T): T {
    return guarded(this.#path, () => this.#db.transaction(actions)());
  }

  #run(sql: string, ...values: unknown[]): { lastInsertRowid: number | bigint } {
    return guarded(this.#path, () => this.#prepare(sql).run(...values));
  }

  #get(sql: string, ...values: unknown[]): unknown {
    return guarded(this.#path, () => this.#prepare(sql).get(...values));
  }

  #all(sql: string, ...values: unknown[]): unknown[] {
    return guarded(this.#path, () => this.#prepare(sql).all(...values));
  }
}
