import { type Database, guarded, openStateFile, type Statement } from '../sqlite.ts';
import type { Batch, BatchJournal, BatchOutcome, DayReport, RememberedBackfill } from './batch.ts';

const schema = `
  CREATE TABLE backfill (
    run_id TEXT PRIMARY KEY, seed INTEGER NOT NULL, zone TEXT NOT NULL, first_day TEXT NOT NULL,
    days INTEGER NOT NULL, cut_ms INTEGER NOT NULL, lanes INTEGER NOT NULL, settings TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL, ended_at_ms INTEGER
  ) STRICT;
  CREATE TABLE batch (
    id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, day INTEGER NOT NULL,
    first_index INTEGER NOT NULL, end_index INTEGER NOT NULL, opener INTEGER NOT NULL,
    visits INTEGER NOT NULL, hits INTEGER NOT NULL, state TEXT NOT NULL, sent_at_ms INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0, rejected_hits TEXT
  ) STRICT;
  CREATE INDEX batch_open ON batch (lane, first_index)
    WHERE state IN ('sent', 'rolled_back', 'unknown');
  CREATE INDEX batch_lane ON batch (lane, end_index);
`;
const schemaVersion = 1;

type Row = Omit<Batch, 'opener' | 'rejected_hits'> & {
  opener: number;
  rejected_hits: string | null;
};
type FinishedRow = Row & Omit<BatchOutcome, 'rejected_hits'>;

/** The memory of a backfill in a SQLite file of its own; some 100 bytes a batch. */
export class SqliteBatchJournal implements BatchJournal {
  readonly #path: string;
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  /** Throws a StateError when another run holds the file or it cannot be used. */
  constructor(path: string) {
    this.#path = path;
    this.#db = openStateFile(path, schema, schemaVersion, true);
  }

  latest(): RememberedBackfill | null {
    const row = this.#get('SELECT * FROM backfill ORDER BY rowid DESC LIMIT 1') as
      | (Omit<RememberedBackfill, 'settings'> & { settings: string })
      | undefined;
    return row === undefined ? null : { ...row, settings: JSON.parse(row.settings) };
  }

  begin(backfill: Omit<RememberedBackfill, 'ended_at_ms'>): void {
    this.#run(
      `INSERT INTO backfill VALUES (@run_id, @seed, @zone, @first_day, @days, @cut_ms, @lanes, @settings,
        @started_at_ms, NULL)`,
      { ...backfill, settings: JSON.stringify(backfill.settings) },
    );
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
    return (rows as Row[]).map(batchOf);
  }

  openers(): readonly Pick<Batch, 'day' | 'first_index'>[] {
    return this.#all(
      `SELECT day, first_index FROM batch WHERE opener = 1 AND state IN ('acknowledged', 'given_up')`,
    ) as Pick<Batch, 'day' | 'first_index'>[];
  }

  sending(batch: Omit<Batch, 'id' | 'state' | 'done' | 'rejected_hits'>): Batch {
    const result = this.#run(
      `INSERT INTO batch (lane, day, first_index, end_index, opener, visits, hits, state, sent_at_ms)
        VALUES (@lane, @day, @first_index, @end_index, @opener, @visits, @hits, 'sent', @sent_at_ms)`,
      { ...batch, opener: batch.opener ? 1 : 0 },
    );
    return {
      ...batch,
      id: Number(result.lastInsertRowid),
      state: 'sent',
      done: 0,
      rejected_hits: [],
    };
  }

  sendingAgain(id: number, at_ms: number): void {
    this.#run(`UPDATE batch SET state = 'sent', sent_at_ms = ? WHERE id = ?`, at_ms, id);
  }

  progress(id: number, done: number, rejected_hits: readonly number[]): void {
    this.#run(
      'UPDATE batch SET done = ?, rejected_hits = ? WHERE id = ?',
      done,
      textOf(rejected_hits),
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
    return guarded(this.#path, () =>
      this.#db.transaction(() => {
        const whole = this.#get('SELECT * FROM batch WHERE id = ?', id) as Row;
        this.#run(
          `UPDATE batch SET state = 'rolled_back', end_index = @end_index, visits = @visits, hits = @hits
            WHERE id = @id`,
          { ...left, id },
        );
        const result = this.#run(
          `INSERT INTO batch (lane, day, first_index, end_index, opener, visits, hits, state, sent_at_ms)
            VALUES (?, ?, ?, ?, 0, ?, ?, 'rolled_back', ?)`,
          whole.lane,
          whole.day,
          left.end_index,
          whole.end_index,
          whole.visits - left.visits,
          whole.hits - left.hits,
          whole.sent_at_ms,
        );
        const one = (of: number) =>
          batchOf(this.#get('SELECT * FROM batch WHERE id = ?', of) as Row);
        return [one(id), one(Number(result.lastInsertRowid))] as const;
      })(),
    );
  }

  finish(id: number, state: 'acknowledged' | 'given_up', outcome: BatchOutcome): void {
    const { rejected_hits, ...counts } = outcome;
    this.#run(
      `UPDATE batch SET state = @state, done = hits, accepted = @accepted, rejected = @rejected,
        failed = @failed, unknown = @unknown, rejected_hits = @rejected_hits WHERE id = @id`,
      {
        ...counts,
        id,
        state,
        rejected_hits: textOf(rejected_hits),
      },
    );
  }

  *finished(): IterableIterator<Batch & BatchOutcome> {
    const rows = this.#prepare(
      `SELECT * FROM batch WHERE state IN ('acknowledged', 'given_up') ORDER BY first_index, end_index`,
    ).iterate() as IterableIterator<FinishedRow>;
    for (const row of rows) {
      yield { ...batchOf(row), ...countsOf(row) };
    }
  }

  report(): DayReport[] {
    return this.#all(
      `SELECT day, sum(visits) AS visits, sum(hits) AS hits, sum(accepted) AS accepted,
        sum(rejected) AS rejected, sum(failed) AS failed, sum(unknown) AS unknown
        FROM batch WHERE state IN ('acknowledged', 'given_up') GROUP BY day ORDER BY day`,
    ) as DayReport[];
  }

  end(at_ms: number): void {
    this.#run('UPDATE backfill SET ended_at_ms = ?', at_ms);
  }

  clear(): void {
    guarded(this.#path, () => this.#db.exec('DELETE FROM batch; DELETE FROM backfill'));
  }

  close(): void {
    this.#db.close();
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
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

const batchOf = (row: Row): Batch => ({
  id: row.id,
  lane: row.lane,
  day: row.day,
  first_index: row.first_index,
  end_index: row.end_index,
  opener: row.opener === 1,
  visits: row.visits,
  hits: row.hits,
  state: row.state,
  sent_at_ms: row.sent_at_ms,
  done: row.done,
  rejected_hits: row.rejected_hits === null ? [] : JSON.parse(row.rejected_hits),
});

const textOf = (positions: readonly number[]): string | null =>
  positions.length === 0 ? null : JSON.stringify(positions);

const countsOf = ({
  accepted,
  rejected,
  failed,
  unknown,
}: FinishedRow): Omit<BatchOutcome, 'rejected_hits'> => ({
  accepted,
  rejected,
  failed,
  unknown,
});
