import { type Batch, type BatchOutcome, type Marks, noMarks } from './batch.ts';

/** The tables of a backfill's memory. A lane's open batches and its last one are found by an index each. */
export const batchSchema = `
  CREATE TABLE backfill (
    run_id TEXT PRIMARY KEY, seed INTEGER NOT NULL, zone TEXT NOT NULL, first_day TEXT NOT NULL,
    days INTEGER NOT NULL, cut_ms INTEGER NOT NULL, lanes INTEGER NOT NULL, settings TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL, ended_at_ms INTEGER
  ) STRICT;
  CREATE TABLE batch (
    id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, day INTEGER NOT NULL,
    first_index INTEGER NOT NULL, end_index INTEGER NOT NULL, opener INTEGER NOT NULL,
    visits INTEGER NOT NULL, hits INTEGER NOT NULL, state TEXT NOT NULL, sent_at_ms INTEGER NOT NULL,
    bulk INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0, found INTEGER NOT NULL DEFAULT 0,
    queued INTEGER NOT NULL DEFAULT 0, reason TEXT, marks TEXT
  ) STRICT;
  CREATE INDEX batch_open ON batch (lane, first_index)
    WHERE state IN ('sent', 'rolled_back', 'unknown');
  CREATE INDEX batch_lane ON batch (lane, end_index);
`;

export const batchSchemaVersion = 1;

export type BatchRow = Omit<Batch, 'opener' | 'bulk' | 'marks'> & {
  readonly opener: number;
  readonly bulk: number;
  readonly marks: string | null;
};

export type FinishedRow = BatchRow & Omit<BatchOutcome, 'marks'>;

export const batchOf = (row: BatchRow): Batch => ({
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
  bulk: row.bulk === 1,
  done: row.done,
  marks: row.marks === null ? noMarks : JSON.parse(row.marks),
  reason: row.reason,
});

export const finishedOf = (row: FinishedRow): Batch & BatchOutcome => ({
  ...batchOf(row),
  accepted: row.accepted,
  rejected: row.rejected,
  failed: row.failed,
  unknown: row.unknown,
  found: row.found,
  queued: row.queued,
});

/** Most batches have no marks, and then they cost nothing. */
export const textOfMarks = (marks: Marks): string | null =>
  Object.values(marks).every((positions) => positions.length === 0) ? null : JSON.stringify(marks);
