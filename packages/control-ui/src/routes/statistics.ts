import { funnelStatistics, journeyStatistics } from '@trafficinator/contract/rest';
import type { FunnelsInRuns } from '../services/funnels/statistics.ts';
import { refusals } from './answers.ts';
import type { App } from './routes.ts';

/** How funnels and journeys fared in real runs. */
export function statisticsRoutes(app: App, inRuns: FunnelsInRuns): void {
  app.get(
    '/api/funnels/statistics',
    {
      schema: {
        tags: ['funnels'],
        summary: 'How far visitors came, of the newest run that had each funnel',
        response: { 200: funnelStatistics, ...refusals },
      },
    },
    () => inRuns.statistics(),
  );
  app.get(
    '/api/journeys/statistics',
    {
      schema: {
        tags: ['journeys'],
        summary: 'How many visits followed it, of the newest run that had each journey',
        response: { 200: journeyStatistics, ...refusals },
      },
    },
    () => inRuns.journeys(),
  );
}
