/** planned batches have no row: a lane's next batch begins where its last one ends. */
export type BatchState =
  /** Sent, no answer yet; after a kill that means: unknown. */
  | 'sent'
  /** Committed by Matomo; all hits have an outcome. */
  | 'acknowledged'
  /** Surely not recorded: to be sent again. */
  | 'rolled_back'
  /** May have been recorded: to be resolved before anything is sent again. */
  | 'unknown'
  /** Given up; its hits are counted as failed or unknown. */
  | 'given_up';

/** A batch: the visits of one lane in [first_index, end_index), all of one day. */
export interface Batch {
  readonly id: number;
  readonly lane: number;
  /** Number of the day within the window, from 0. */
  readonly day: number;
  readonly first_index: number;
  /** For an opener: equal to first_index; it is the first hit of that visit alone. */
  readonly end_index: number;
  readonly opener: boolean;
  readonly visits: number;
  readonly hits: number;
  readonly state: BatchState;
  readonly sent_at_ms: number;
  /** Hits of it that surely have their outcome; only single delivery is ever in between. */
  readonly done: number;
  /** Positions of the hits that were refused so far, as far as Matomo named them. */
  readonly rejected_hits: readonly number[];
}

/** What became of a batch's hits. */
export interface BatchOutcome {
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
  /** Positions of the rejected hits, as far as Matomo named them. */
  readonly rejected_hits: readonly number[];
}

/** A backfill as it is remembered. */
export interface RememberedBackfill {
  readonly run_id: string;
  readonly seed: number;
  readonly zone: string;
  readonly first_day: string;
  readonly days: number;
  /** Nothing is planned after this moment. */
  readonly cut_ms: number;
  readonly lanes: number;
  /** Settings that make the plan what it is, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly started_at_ms: number;
  readonly ended_at_ms: number | null;
}

/** A day of the window in numbers. */
export interface DayReport {
  readonly day: number;
  visits: number;
  hits: number;
  accepted: number;
  rejected: number;
  failed: number;
  unknown: number;
}

/**
 * The memory of a backfill. Every method is durable when it returns, or throws a StateError. It is a
 * port: a run of many shards keeps the same rows in a shared database.
 */
export interface BatchJournal {
  latest(): RememberedBackfill | null;
  begin(backfill: Omit<RememberedBackfill, 'ended_at_ms'>): void;
  /** Where a lane goes on: the index after its last batch, or null before its first. */
  nextIndex(lane: number): number | null;
  /** Batches of a lane without a final state, in the order of their visits. */
  open(lane: number): Batch[];
  /** Finished openers: the days they opened and the visits whose first hits they were. */
  openers(): readonly Pick<Batch, 'day' | 'first_index'>[];
  /** A new batch is about to be sent. */
  sending(batch: Omit<Batch, 'id' | 'state' | 'done' | 'rejected_hits'>): Batch;
  /** The same batch is about to be sent once more. */
  sendingAgain(id: number, at_ms: number): void;
  /** Single delivery: so many hits of it have their outcome. */
  progress(id: number, done: number, rejected_hits: readonly number[]): void;
  rolledBack(id: number): void;
  unknown(id: number): void;
  /** Replaces a batch by two that cover the same visits. */
  split(id: number, left: Pick<Batch, 'end_index' | 'visits' | 'hits'>): readonly [Batch, Batch];
  finish(id: number, state: 'acknowledged' | 'given_up', outcome: BatchOutcome): void;
  /** Finished batches in order: what the ledger is made from. */
  finished(): IterableIterator<Batch & BatchOutcome>;
  report(): DayReport[];
  /** Every visit has its outcome. */
  end(at_ms: number): void;
  /** Forgets everything: the next run begins anew. */
  clear(): void;
  close(): void;
}
