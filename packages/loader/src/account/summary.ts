import type { RunSummary, Settings, TargetNumbers } from '@trafficinator/contract';
import type { Books } from './books.ts';

export interface SummaryFacts {
  readonly run_id: string;
  readonly seed: number;
  readonly settings: Settings;
  readonly exit_code: number;
  readonly exit_reason: string;
  /** Mean over the days of the run. */
  readonly planned_per_day: number;
  readonly achieved_per_day: number;
  readonly started_at_ms: number;
  readonly ended_at_ms: number;
  readonly resumed_from: number | null;
  readonly notices: readonly string[];
  readonly targets: readonly TargetNumbers[];
}

/** The run in numbers, as it is printed at the end. */
export function summaryOf(books: Books, facts: SummaryFacts): RunSummary {
  const { settings } = facts;
  return {
    run_id: facts.run_id,
    shard: settings.shard,
    exit_code: facts.exit_code,
    exit_reason: facts.exit_reason,
    ...books.tally.numbers(),
    negative: books.negative.numbers(),
    reasons: books.tally.reasons().map((reason) => ({ ...reason })),
    rate: {
      planned_per_day: facts.planned_per_day,
      achieved_per_day: Math.round(facts.achieved_per_day * 10) / 10,
    },
    latency_ms: books.latency.percentiles(),
    response_ms: books.response.percentiles(),
    lateness_ms: books.lateness.percentiles(),
    started_at: new Date(facts.started_at_ms).toISOString(),
    ended_at: new Date(facts.ended_at_ms).toISOString(),
    seed: facts.seed,
    target: firstTarget(facts.targets, settings),
    targets: [...facts.targets],
    funnels: books.funnels.numbers(),
    journeys: books.journeys.numbers(),
    plugins: books.plugins.numbers(),
    pacing: settings.visit_pacing,
    resumed_from: facts.resumed_from,
    notices: [...facts.notices],
  };
}

/** Whether the thresholds hold, and if not, which one and by how much. */
export function missedThreshold(books: Books, settings: Settings): string | null {
  const { planned, accepted } = books.tally.hits;
  const errorRate = planned === 0 ? 0 : (planned - accepted) / planned;
  if (errorRate > settings.fail_if_error_rate_above) {
    const visits = books.tally.visits;
    return `${visits.planned - visits.delivered} of ${visits.planned} visits were not delivered in full (${planned - accepted} of ${planned} hits; FAIL_IF_ERROR_RATE_ABOVE=${settings.fail_if_error_rate_above}).`;
  }
  const p95 = books.response.percentiles()?.p95;
  const limit = settings.fail_if_p95_ms_above;
  if (limit !== null && p95 !== undefined && p95 > limit) {
    return `The 95th percentile of the response time is ${Math.round(p95)} ms (FAIL_IF_P95_MS_ABOVE=${limit}).`;
  }
  return null;
}

/** Address and site of the first target, or what the settings name when nothing was sent. */
export function firstTarget(
  targets: readonly TargetNumbers[],
  settings: Pick<Settings, 'matomo_url' | 'matomo_site_id'>,
): { url: string; site_id: number } {
  const first = targets[0];
  if (first !== undefined) return { url: first.url, site_id: first.site_id };
  return { url: settings.matomo_url ?? '', site_id: settings.matomo_site_id };
}

/** One target's part of the books. */
export function targetNumbers(
  target: Pick<TargetNumbers, 'name' | 'url' | 'site_id' | 'health'>,
  books: Books,
): TargetNumbers {
  const { name, url, site_id, health } = target;
  return {
    name,
    url,
    site_id,
    health,
    ...books.tally.numbers(),
    negative: books.negative.numbers(),
    reasons: books.tally.reasons().map((reason) => ({ ...reason })),
    response_ms: books.response.percentiles(),
    latency_ms: books.latency.percentiles(),
  };
}
