import type { BackfillReport, BackfillStatus } from '@trafficinator/contract';
import { renderBackfillMetrics } from '../account/backfill-metrics.ts';
import type { StatusSources } from '../account/status-routes.ts';
import { version } from '../edge/version.ts';

/** What the status server asks a backfill: its numbers, of one target or of several, and its health. */
export const backfillSources = (
  status: () => BackfillReport | BackfillStatus,
  health: Pick<StatusSources, 'live' | 'ready'>,
): StatusSources => ({
  status,
  metrics: () => renderBackfillMetrics(status(), version),
  live: () => health.live(),
  ready: () => health.ready(),
});
