import type { Outcome } from '@trafficinator/contract';
import type { BatchVerdict } from '../batch-verdict.ts';

interface HitOutcome {
  readonly outcome: Outcome;
  readonly reason: string;
}

const accepted: HitOutcome = { outcome: 'accepted', reason: '' };
const refused: HitOutcome = { outcome: 'rejected', reason: 'refused_in_bulk' };
const lost: HitOutcome = { outcome: 'failed', reason: 'lost_in_lock' };

/**
 * The outcome of each of `hits` positions of a recorded batch. Where Matomo does not name the hits that
 * it refused or lost, the last ones stand in for them: the sums are right, the places are not.
 */
export function outcomesOf(
  verdict: Extract<BatchVerdict, { kind: 'recorded' }>,
  hits: number,
): (position: number) => HitOutcome {
  const named = new Set(verdict.refused);
  const lostFrom = hits - verdict.lost;
  const refusedFrom = lostFrom - verdict.refused_unnamed;
  return (position) => {
    if (position >= lostFrom) return lost;
    return named.has(position) || position >= refusedFrom ? refused : accepted;
  };
}
