/** planned batches have no row: a lane's next batch begins where its last one ends. */
type BatchState =
  /** Sent, no answer yet; after a kill that means: unknown. */
  | 'sent'
  /** Committed by Matomo; all hits have an outcome. */
  | 'acknowledged'
  /** Surely not recorded (but for the first `done` hits): to be sent again. */
  | 'rolled_back'
  /** May have been recorded: to be resolved before anything is sent again. */
  | 'unknown'
  /** Given up; its hits are counted as failed or unknown. */
  | 'given_up';

/** Positions of hits in a batch of which something special is known. */
export interface Marks {
  readonly rejected: readonly number[];
  readonly failed: readonly number[];
  readonly unknown: readonly number[];
  /** Accepted, as the visitor log shows: the answer was lost. */
  readonly found: readonly number[];
}

export const noMarks: Marks = { rejected: [], failed: [], unknown: [], found: [] };

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
  /** When a request of it last left, epoch ms, or up to a second before. */
  readonly sent_at_ms: number;
  /** How it was sent last: its hits from `done` on in one request, or one by one. */
  readonly bulk: boolean;
  /** Hits of it that surely have their outcome; only single delivery is ever in between. */
  readonly done: number;
  readonly marks: Marks;
  /** Why hits of it have failed or are unknown so far; null when none are. */
  readonly reason: string | null;
}

/** A batch that is written down for the first time. */
export type NewBatch = Omit<Batch, 'id' | 'state' | 'done' | 'marks' | 'reason'>;

/** What became of a batch's hits: hits = accepted + rejected + failed + unknown. */
export interface BatchOutcome {
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
  /** Of the accepted: known from the visitor log alone. */
  readonly found: number;
  /** Of the accepted: taken by QueuedTracking. */
  readonly queued: number;
  /** Why hits failed or are unknown; null when none are. */
  readonly reason: string | null;
  /** Positions, as far as Matomo named them: the counts above may be larger. */
  readonly marks: Marks;
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

/** Finished batches in numbers. */
export interface BatchCounts {
  readonly visits: number;
  readonly hits: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
}

/** What finished batches of earlier processes add up to. */
export interface JournalReport {
  readonly days: readonly (BatchCounts & { readonly day: number })[];
  readonly found: number;
  readonly queued: number;
  /** Failed and unknown hits by why; rejected ones have one reason only: Matomo refused them. */
  readonly reasons: readonly Pick<BatchOutcome, 'reason' | 'failed' | 'unknown'>[];
}

/**
 * The memory of a backfill. Every method is durable when it returns, or throws a StateError. It is a
 * port: a run of many shards keeps the same rows in a shared database.
 */
export interface BatchJournal {
  latest(): RememberedBackfill | null;
  /** Forgets what there was and begins a backfill, in one step. */
  begin(backfill: Omit<RememberedBackfill, 'ended_at_ms'>): void;
  /** Where a lane goes on: the index after its last batch, or null before its first. */
  nextIndex(lane: number): number | null;
  /** Batches of a lane without a final state, in the order of their visits. */
  open(lane: number): Batch[];
  /** Finished openers: the days they opened and the visits whose first hits they were. */
  openers(): readonly Pick<Batch, 'day' | 'first_index'>[];
  /** A new batch is about to be sent. */
  sending(batch: NewBatch): Batch;
  /** A request of a batch is about to leave, for the first time or once more. */
  leaving(id: number, at_ms: number, bulk: boolean): void;
  /** Single delivery: so many hits of it have their outcome; `reason`: why some have failed or are unknown. */
  progress(id: number, done: number, marks: Marks, reason: string | null): void;
  rolledBack(id: number): void;
  unknown(id: number): void;
  /** Replaces a batch by two that cover the same visits; both are to be sent. */
  split(id: number, left: Pick<Batch, 'end_index' | 'visits' | 'hits'>): readonly [Batch, Batch];
  /** An opener that Matomo cannot stand: its hit goes with the rest of its visit instead. */
  remove(id: number): void;
  finish(id: number, state: 'acknowledged' | 'given_up', outcome: BatchOutcome): void;
  /** Finished batches in order: what the ledger is made from. */
  finished(): Generator<Batch & BatchOutcome>;
  report(): JournalReport;
  /** Every visit has its outcome. */
  end(at_ms: number): void;
  close(): void;
}
