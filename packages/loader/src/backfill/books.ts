import type { Batch, BatchOutcome, DayReport } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';

const counts = ['visits', 'hits', 'accepted', 'rejected', 'failed', 'unknown'] as const;
type Counts = Record<(typeof counts)[number], number>;

export interface DayBooks extends Counts {
  readonly date: string;
  readonly planned_visits: number;
}

/** A backfill in numbers, day by day: what earlier processes did and what this one does. */
export class BackfillBooks {
  readonly days: readonly DayBooks[];
  readonly reasons = new Map<string, number>();
  readonly total: Counts & { planned_visits: number };
  /** Hits and visits that this process finished: for rates. */
  readonly mine = { visits: 0, hits: 0, requests: 0 };
  #current = 0;

  constructor(schedule: BackfillSchedule, before: readonly DayReport[]) {
    this.days = schedule.days.map((day) => ({
      date: day.date,
      planned_visits: day.end_index - day.first_index,
      visits: 0,
      hits: 0,
      accepted: 0,
      rejected: 0,
      failed: 0,
      unknown: 0,
    }));
    this.total = {
      planned_visits: schedule.visits,
      visits: 0,
      hits: 0,
      accepted: 0,
      rejected: 0,
      failed: 0,
      unknown: 0,
    };
    for (const report of before) this.#add(report.day, report);
  }

  finished(batch: Batch, outcome: BatchOutcome, reason: string): void {
    this.#add(batch.day, { visits: batch.visits, hits: batch.hits, ...outcome });
    this.mine.visits += batch.visits;
    this.mine.hits += batch.hits;
    this.#current = batch.day;
    const notAccepted = batch.hits - outcome.accepted;
    if (notAccepted > 0) this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + notAccepted);
  }

  /** The day that was worked on last. */
  get currentDay(): string {
    return this.days[this.#current]?.date ?? '';
  }

  #add(day: number, more: Counts): void {
    const books = this.days[day];
    for (const name of counts) {
      if (books !== undefined) books[name] += more[name];
      this.total[name] += more[name];
    }
  }
}
