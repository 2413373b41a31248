import type { BackfillReport } from '@trafficinator/contract';
import type { Batch, BatchCounts, BatchOutcome, JournalReport } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { SlowCalls } from '../plan/material/behaviour.ts';
import type { Material } from '../plan/material/material.ts';
import type { PlacedHit } from './batch-maker.ts';
import { FunnelBooks } from './funnel-books.ts';
import { JourneyBooks } from './journey-books.ts';
import { NegativeBooks } from './negative-books.ts';

type Counts = { -readonly [K in keyof BatchCounts]: number };
type Reasons = Pick<BatchOutcome, 'reason' | 'failed' | 'unknown'>;

export interface DayBooks extends Counts {
  readonly date: string;
  readonly planned_visits: number;
}

const nothing = (): Counts => ({
  visits: 0,
  hits: 0,
  accepted: 0,
  rejected: 0,
  failed: 0,
  unknown: 0,
});

/** A backfill in numbers, day by day: what earlier processes did and what this one does. */
export class BackfillBooks {
  readonly days: readonly DayBooks[];
  readonly total: Counts & { readonly planned_visits: number };
  /** Of the accepted hits: known from the visitor log alone, and taken by QueuedTracking. */
  readonly known = { found: 0, queued: 0 };
  /** Hits and visits that this process finished: for rates. */
  readonly mine = { visits: 0, hits: 0, requests: 0 };
  readonly funnels: FunnelBooks;
  readonly negative = new NegativeBooks();
  readonly ways: JourneyBooks;
  readonly #reasons = new Map<string, { failed: number; unknown: number }>();

  constructor(
    schedule: BackfillSchedule,
    before: JournalReport,
    funnels: Material['funnels'],
    slow_calls: SlowCalls | null = null,
  ) {
    this.funnels = new FunnelBooks(funnels);
    this.ways = new JourneyBooks(slow_calls);
    this.days = schedule.days.map((day) => ({
      date: day.date,
      planned_visits: day.end_index - day.first_index,
      ...nothing(),
    }));
    this.total = { planned_visits: schedule.visits, ...nothing() };
    this.known.found = before.found;
    this.known.queued = before.queued;
    for (const day of before.days) this.#add(day.day, day);
    for (const reasons of before.reasons) this.#addReasons(reasons);
  }

  /** A batch of this process is over; `hits`: what it held. */
  finished(batch: Batch, outcome: BatchOutcome, hits: readonly PlacedHit[]): void {
    this.replanned({ ...batch, state: 'acknowledged', ...outcome }, hits);
    this.#add(batch.day, { ...outcome, visits: batch.visits, hits: batch.hits });
    this.#addReasons(outcome);
    this.known.found += outcome.found;
    this.known.queued += outcome.queued;
    this.mine.visits += batch.visits;
    this.mine.hits += batch.hits;
  }

  /** Counts of a finished batch what the journal has no numbers of. */
  replanned(batch: Batch & BatchOutcome, hits: readonly PlacedHit[]): void {
    this.funnels.finished(batch, hits);
    this.negative.finished(batch, hits);
    this.ways.finished(batch, hits);
  }

  /** Why hits were not accepted; rejected ones have one reason only: Matomo refused them. */
  reasons(): BackfillReport['reasons'] {
    const all = [...this.#reasons].flatMap(([reason, { failed, unknown }]) => [
      { outcome: 'failed' as const, reason, count: failed },
      { outcome: 'unknown' as const, reason, count: unknown },
    ]);
    const refused = { outcome: 'rejected' as const, reason: 'refused', count: this.total.rejected };
    return [refused, ...all].filter(({ count }) => count > 0);
  }

  #add(number: number, more: BatchCounts): void {
    const day = this.days[number];
    for (const name of Object.keys(nothing()) as (keyof Counts)[]) {
      if (day !== undefined) day[name] += more[name];
      this.total[name] += more[name];
    }
  }

  #addReasons({ reason, failed, unknown }: Reasons): void {
    if (failed + unknown === 0) return;
    const of = this.#reasons.get(reason ?? 'other') ?? { failed: 0, unknown: 0 };
    of.failed += failed;
    of.unknown += unknown;
    this.#reasons.set(reason ?? 'other', of);
  }
}
