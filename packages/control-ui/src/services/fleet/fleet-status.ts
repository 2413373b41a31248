import { runSummary, type StatusSnapshot } from '@trafficinator/contract';
import type { FleetStatus, LoaderStatus } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { sentenceOf, worst } from './states.ts';

export interface FleetFacts {
  readonly loaders: readonly LoaderStatus[];
  readonly engine: { readonly kind: string; readonly ok: boolean; readonly reason: string };
  readonly since: string;
  readonly run_id: string | null;
  readonly run_started_at: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly settings_changed: readonly string[];
  readonly preset: { readonly name: string; readonly modified: boolean } | null;
  readonly restart_needed: boolean;
  /** The closing summary of the last run, when none is under way: later than any status. */
  readonly closing: Closing | null;
  readonly now_ms: number;
}

const visitNames = ['planned', 'delivered', 'partial', 'dropped', 'in_flight', 'waiting'] as const;
const hitNames = [
  'planned',
  'accepted',
  'rejected',
  'failed',
  'unknown',
  'dropped',
  'pending',
] as const;

/** What a summary and the status have in common. */
export const closingNumbers = runSummary.pick({ visits: true, hits: true });
export type Closing = z.infer<typeof closingNumbers>;

/** The fleet in numbers: sums over its loaders. */
export function fleetStatusOf(facts: FleetFacts): FleetStatus {
  const { loaders, engine } = facts;
  const snapshots = loaders.flatMap(({ snapshot }) => (snapshot === null ? [] : [snapshot]));
  const state = engine.ok ? worst(loaders.map((each) => each.state)) : 'unknown';
  const first = loaders[0];
  const last = sums(snapshots, ({ visits }) => visits, visitNames);
  const visits =
    facts.closing === null ? last : { ...facts.closing.visits, in_flight: 0, waiting: 0 };
  const running = loaders.some((each) => each.process === 'running');
  return {
    state,
    since: facts.since,
    sentence: sentenceOf(state, loaders, engine),
    resumes_at: snapshots.find(({ resumes_at }) => resumes_at !== null)?.resumes_at ?? null,
    run_id: facts.run_id,
    workers: loaders.length,
    visits,
    hits:
      facts.closing === null
        ? sums(snapshots, ({ hits }) => hits, hitNames)
        : { ...facts.closing.hits, pending: 0 },
    today: todayOf(snapshots),
    rate: rateOf(snapshots),
    loaders: [...loaders],
    settings: facts.settings,
    settings_changed: [...facts.settings_changed],
    preset: facts.preset,
    restart_needed: facts.restart_needed,
    runner: { ...engine },
    container: {
      state:
        first === undefined ? 'not_found' : first.process === 'exited' ? 'stopped' : first.process,
      name: first?.detail ?? '',
      started_at: first?.started_at ?? null,
    },
    stats: {
      uptime_seconds:
        running && facts.run_started_at !== null
          ? Math.max(0, Math.round((facts.now_ms - Date.parse(facts.run_started_at)) / 1000))
          : null,
      visits_generated: visits.delivered + visits.partial,
      current_rate: rateOf(snapshots).achieved_per_day,
    },
  };
}

function sums<const N extends string>(
  snapshots: readonly StatusSnapshot[],
  of: (snapshot: StatusSnapshot) => Readonly<Record<N, number>>,
  names: readonly N[],
): Record<N, number> {
  return Object.fromEntries(
    names.map((name) => [name, snapshots.reduce((sum, each) => sum + of(each)[name], 0)]),
  ) as Record<N, number>;
}

function rateOf(snapshots: readonly StatusSnapshot[]): FleetStatus['rate'] {
  const rate = sums(snapshots, (each) => each.rate, [
    'planned_per_day',
    'achieved_per_day',
    'hits_per_second',
  ]);
  return {
    planned_per_day: rate.planned_per_day,
    achieved_per_day: Math.round(rate.achieved_per_day * 10) / 10,
    hits_per_second: Math.round(rate.hits_per_second * 10) / 10,
  };
}

/** Shards have their part of the target and of the cap each, so sums are the whole. */
function todayOf(snapshots: readonly StatusSnapshot[]): FleetStatus['today'] {
  const first = snapshots[0];
  if (first === undefined) return null;
  const { visits, cap, target } = sums(snapshots, ({ today }) => today, [
    'visits',
    'cap',
    'target',
  ]);
  return { date: first.today.date, visits, cap, target };
}
