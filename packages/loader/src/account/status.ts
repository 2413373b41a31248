import {
  maskedSettings,
  type RunState,
  type SettingName,
  type Settings,
  type StatusSnapshot,
  type TargetNumbers,
} from '@trafficinator/contract';
import type { Books } from './books.ts';
import { firstTarget } from './summary.ts';
import { atLevel, type Volume } from './volume.ts';

/** What a running run looks like from outside. */
export interface RunView {
  readonly books: Books;
  readonly breaker: { readonly state: StatusSnapshot['target']['breaker'] };
  readonly inFlight: number;
  readonly waiting: number;
  readonly resumes_ms: number | null;
  /** What is asked for, and what was begun per day. */
  readonly volume: Volume;
  readonly achievedPerDay: number;
  /** Each target’s part. */
  readonly numbers: readonly TargetNumbers[];
  today(): { readonly date: string; readonly visits: number };
}

export interface StatusFacts {
  readonly run_id: string;
  readonly version: string;
  readonly settings: Settings;
  readonly changed: readonly SettingName[];
  readonly state: RunState;
  readonly state_since_ms: number;
  readonly reason: string | null;
  readonly uptime_ms: number;
  readonly hits_per_second: number;
  readonly recent?: StatusSnapshot['recent'];
  /** How today compares to other days; 1 when this is missing. */
  readonly level_today?: number;
}

/** The status snapshot: GET /status, and what a control service reads. */
export function statusOf(run: RunView, facts: StatusFacts): StatusSnapshot {
  const { settings } = facts;
  const { tally } = run.books;
  const visits_today = atLevel(run.volume, facts.level_today ?? 1);
  return {
    run_id: facts.run_id,
    version: facts.version,
    shard: settings.shard,
    state: facts.state,
    state_since: new Date(facts.state_since_ms).toISOString(),
    resumes_at: run.resumes_ms === null ? null : new Date(run.resumes_ms).toISOString(),
    reason: facts.reason,
    uptime_seconds: Math.round(facts.uptime_ms / 100) / 10,
    visits: { ...tally.visits, in_flight: run.inFlight, waiting: run.waiting },
    hits: { ...tally.hits, pending: tally.pending },
    negative: run.books.negative.numbers(),
    today: {
      ...run.today(),
      cap: run.volume.max_visits_per_day,
      target: visits_today,
    },
    rate: {
      planned_per_day: visits_today,
      achieved_per_day: Math.round(run.achievedPerDay * 10) / 10,
      hits_per_second: Math.round(facts.hits_per_second * 10) / 10,
    },
    latency_ms: run.books.latency.percentiles(),
    response_ms: run.books.response.percentiles(),
    lateness_ms: run.books.lateness.percentiles(),
    recent: facts.recent ?? null,
    reasons: tally.reasons().map((reason) => ({ ...reason })),
    target: { ...firstTarget(run.numbers, settings), breaker: run.breaker.state },
    targets: [...run.numbers],
    funnels: run.books.funnels.numbers(),
    journeys: run.books.journeys.numbers(),
    plugins: run.books.plugins.numbers(),
    settings: maskedSettings(settings),
    settings_changed: [...facts.changed],
  };
}
