import type { BackfillReport, Settings } from '@trafficinator/contract';
import type { RememberedBackfill } from '../account/batches/batch.ts';
import type { BackfillBooks } from './books.ts';
import { noticesOf } from './notices.ts';

export interface ReportFacts {
  readonly backfill: RememberedBackfill;
  readonly last_day: string;
  readonly settings: Settings;
  readonly bulk: boolean;
  readonly state: BackfillReport['state'];
  readonly exit_code: number | null;
  readonly exit_reason: string | null;
  /** Running time of this process. */
  readonly took_ms: number;
  readonly now_ms: number;
  readonly next_steps: readonly string[];
}

/** The backfill in numbers. */
export function reportOf(books: BackfillBooks, facts: ReportFacts): BackfillReport {
  const { backfill, settings } = facts;
  const { total, mine, known } = books;
  const seconds = Math.max(0.001, facts.took_ms / 1000);
  const visitsPerSecond = mine.visits / seconds;
  const remaining = total.planned_visits - total.visits;
  const ended = facts.state !== 'running';
  return {
    run_id: backfill.run_id,
    state: facts.state,
    exit_code: facts.exit_code,
    exit_reason: facts.exit_reason,
    target: { url: settings.matomo_url ?? '', site_id: settings.matomo_site_id },
    timezone: backfill.zone,
    window: { first_day: backfill.first_day, last_day: facts.last_day, days: backfill.days },
    seed: backfill.seed,
    delivery: facts.bulk ? 'bulk' : 'single',
    visits: { planned: total.planned_visits, done: total.visits, remaining },
    hits: {
      done: total.hits,
      accepted: total.accepted,
      rejected: total.rejected,
      failed: total.failed,
      unknown: total.unknown,
    },
    reasons: books.reasons(),
    known_by: {
      answer: total.accepted - known.found - known.queued,
      visitor_log: known.found,
      queue: known.queued,
    },
    rate: {
      visits_per_second: tenths(visitsPerSecond),
      hits_per_second: tenths(mine.hits / seconds),
      requests_per_second: tenths(mine.requests / seconds),
    },
    eta_seconds: ended || visitsPerSecond === 0 ? null : Math.round(remaining / visitsPerSecond),
    funnels: books.funnels.numbers(),
    negative: {
      visits: books.negative.total.negative_visits,
      hits: books.negative.total.negative_hits,
    },
    days: books.days.map((day, number) => ({ ...day, ...books.negative.of(number) })),
    journeys: books.ways.journeys,
    plugins: books.ways.plugins,
    started_at: new Date(backfill.started_at_ms).toISOString(),
    updated_at: new Date(facts.now_ms).toISOString(),
    ended_at: ended ? new Date(facts.now_ms).toISOString() : null,
    notices: noticesOf(books),
    next_steps: [...facts.next_steps],
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
