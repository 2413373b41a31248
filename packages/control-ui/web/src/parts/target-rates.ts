import type { FleetStatus } from '@trafficinator/contract/rest';
import { type OutcomeName, outcomes } from './ledger.tsx';

interface Seen {
  readonly at_ms: number;
  readonly hits: ReadonlyMap<string, number>;
}

const window_ms = 15_000;
let kept: readonly Seen[] = [];

/** Hits with an outcome; planned ones come a whole visit at a time. */
const settledOf = (hits: Readonly<Record<OutcomeName, number>>): number =>
  outcomes.reduce((sum, name) => sum + hits[name], 0);

/** Hits per second of each target over the last seconds, as this page saw them; null: not known yet. */
export function targetRates(fleet: FleetStatus, at_ms: number): (name: string) => number | null {
  const hits = new Map<string, number>();
  for (const { snapshot } of fleet.loaders) {
    for (const { name, hits: own } of snapshot?.targets ?? []) {
      hits.set(name, (hits.get(name) ?? 0) + settledOf(own));
    }
  }
  if (kept.at(-1)?.at_ms !== at_ms) kept = [...kept, { at_ms, hits }];
  kept = kept.filter((each) => at_ms - each.at_ms <= window_ms);
  const first = kept[0];
  return (name) => {
    const from = first?.hits.get(name);
    const to = hits.get(name);
    if (first === undefined || from === undefined || to === undefined) return null;
    // Fewer than before: another run.
    if (to < from || at_ms - first.at_ms < 5_000) return null;
    return ((to - from) * 1000) / (at_ms - first.at_ms);
  };
}
