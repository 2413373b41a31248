import type { FleetStatus } from '@trafficinator/contract/rest';
import { count } from '../../format/numbers.ts';
import { type OutcomeName, outcomes } from '../../parts/ledger.tsx';

/** The commonest reasons of each outcome, over all loaders. */
export function reasonsOf(fleet: FleetStatus): Partial<Record<OutcomeName, string>> {
  const all = fleet.loaders.flatMap(({ snapshot }) => snapshot?.reasons ?? []);
  const texts: Partial<Record<OutcomeName, string>> = {};
  for (const outcome of outcomes) {
    const sums = new Map<string, number>();
    for (const each of all) {
      if (each.outcome !== outcome) continue;
      sums.set(each.reason, (sums.get(each.reason) ?? 0) + each.count);
    }
    const most = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, 2);
    if (most.length === 0) continue;
    texts[outcome] = most.map(([reason, sum]) => `${count(sum)} ${inWords(reason)}`).join(', ');
  }
  return texts;
}

const inWords = (reason: string): string => reason.replaceAll('_', ' ');
