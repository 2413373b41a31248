import type { FleetStatus } from '@trafficinator/contract/rest';
import { outcomes } from '../../parts/ledger.tsx';

type Numbers = NonNullable<FleetStatus['loaders'][number]['snapshot']>['targets'][number];

/** A target's part of the run, over all loaders. */
export interface TargetSums {
  readonly health: Numbers['health'];
  readonly planned: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly unknown: number;
  readonly dropped: number;
  readonly visits: number;
  /** The slowest loader's 95th percentile of answers, in ms; null: nothing was measured. */
  readonly p95_ms: number | null;
  readonly reasons: Numbers['reasons'];
}

const order = ['healthy', 'unreachable', 'refused'] as const;

/** What loaders told of a target; null: nothing yet. */
export function sumsOf(fleet: FleetStatus | null, name: string): TargetSums | null {
  const all = (fleet?.loaders ?? []).flatMap(({ snapshot }) =>
    (snapshot?.targets ?? []).filter((each) => each.name === name),
  );
  if (all.length === 0) return null;
  const sum = (of: (numbers: Numbers) => number): number =>
    all.reduce((total, each) => total + of(each), 0);
  const p95 = all.flatMap(({ response_ms }) => response_ms?.p95 ?? []);
  return {
    health: order.findLast((each) => all.some(({ health }) => health === each)) ?? 'healthy',
    planned: sum(({ hits }) => hits.planned),
    accepted: sum(({ hits }) => hits.accepted),
    rejected: sum(({ hits }) => hits.rejected),
    failed: sum(({ hits }) => hits.failed),
    unknown: sum(({ hits }) => hits.unknown),
    dropped: sum(({ hits }) => hits.dropped),
    visits: sum(({ visits }) => visits.planned),
    p95_ms: p95.length === 0 ? null : Math.max(...p95),
    reasons: all.flatMap(({ reasons }) => reasons),
  };
}

/** All but those that Matomo said yes to. */
export const notAccepted = (sums: TargetSums): number =>
  outcomes.slice(1).reduce((total, name) => total + sums[name], 0);

/** Hits with an outcome: what shares are shares of. */
export const settledOf = (sums: TargetSums): number => sums.accepted + notAccepted(sums);
