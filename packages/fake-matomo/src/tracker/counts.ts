import type { RefusalReason } from '../engine/refusal.ts';
import type { ExclusionReason } from './exclusions.ts';

type SilentReason = ExclusionReason | 'ping_without_visit' | 'tracking_off';
type RefusedReason = RefusalReason | 'server_fault';

/** What the stand-in knows it did; `hits_seen` = recorded + excluded + refused + rolled back. */
export interface Stats {
  requests: number;
  bulk_requests: number;
  hits_seen: number;
  hits_recorded: number;
  hits_rolled_back: number;
  excluded: Partial<Record<SilentReason, number>>;
  refused: Partial<Record<RefusedReason, number>>;
}

export const emptyStats = (): Stats => ({
  requests: 0,
  bulk_requests: 0,
  hits_seen: 0,
  hits_recorded: 0,
  hits_rolled_back: 0,
  excluded: {},
  refused: {},
});

/** Adds what a committed request did. */
export function addStats(total: Stats, part: Stats): void {
  total.requests += part.requests;
  total.bulk_requests += part.bulk_requests;
  total.hits_seen += part.hits_seen;
  total.hits_recorded += part.hits_recorded;
  total.hits_rolled_back += part.hits_rolled_back;
  addReasons(total.excluded, part.excluded);
  addReasons(total.refused, part.refused);
}

function addReasons(total: Record<string, number>, part: Record<string, number>): void {
  for (const [reason, count] of Object.entries(part)) total[reason] = (total[reason] ?? 0) + count;
}
