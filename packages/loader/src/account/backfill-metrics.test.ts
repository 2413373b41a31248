import { type BackfillReport, backfillReport } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { renderBackfillMetrics } from './backfill-metrics.ts';

const day = {
  date: '2026-06-01',
  planned_visits: 30,
  visits: 20,
  hits: 140,
  accepted: 130,
  rejected: 4,
  failed: 5,
  unknown: 1,
};
const report: BackfillReport = backfillReport.parse({
  run_id: 'backfill-1',
  state: 'running',
  exit_code: null,
  exit_reason: null,
  target: { url: 'http://matomo.test/matomo.php', site_id: 1 },
  timezone: 'CET',
  window: { first_day: '2026-06-01', last_day: '2026-06-01', days: 1 },
  seed: 1,
  delivery: 'bulk',
  visits: { planned: 30, done: 20, remaining: 10 },
  hits: { done: 140, accepted: 130, rejected: 4, failed: 5, unknown: 1 },
  reasons: [{ outcome: 'failed', reason: 'a "reason"\\', count: 5 }],
  known_by: { answer: 100, visitor_log: 20, queue: 10 },
  rate: { visits_per_second: 2, hits_per_second: 14.5, requests_per_second: 0.5 },
  eta_seconds: 5,
  days: [day],
  started_at: '2026-06-02T00:00:00.000Z',
  updated_at: '2026-06-02T00:00:10.000Z',
  ended_at: null,
  notices: [],
  next_steps: [],
});

const linesOf = async (of: BackfillReport) =>
  (await renderBackfillMetrics(of, '1.2.3')).body
    .split('\n')
    .filter((line) => !line.startsWith('#'));

it('tells the report as it stands, at every scrape', async () => {
  for (let scrape = 0; scrape < 2; scrape++) {
    expect(await linesOf(report)).toEqual(
      expect.arrayContaining([
        'trafficinator_hits_total{outcome="accepted"} 130',
        'trafficinator_hits_total{outcome="unknown"} 1',
        'trafficinator_hits_not_accepted_total{outcome="failed",reason="a \\"reason\\"\\\\"} 5',
        'trafficinator_backfill_visits{state="planned"} 30',
        'trafficinator_backfill_visits{state="remaining"} 10',
        'trafficinator_backfill_hits_per_second 14.5',
        'trafficinator_backfill_requests_per_second 0.5',
        'trafficinator_backfill_remaining_seconds 5',
        'trafficinator_build_info{version="1.2.3"} 1',
      ]),
    );
  }
});

it('tells of funnels as a live run does', async () => {
  const planned = { starts: 9, steps: [9, 5], completions: 5 };
  const funnels = [{ name: 'Buy', starts: 8, steps: [8, 4], completions: 4, planned }];
  expect(await linesOf({ ...report, funnels })).toEqual(
    expect.arrayContaining([
      'trafficinator_funnel_visits_planned_total{funnel="Buy"} 9',
      'trafficinator_funnel_starts_total{funnel="Buy"} 8',
      'trafficinator_funnel_steps_total{funnel="Buy",step="2"} 4',
      'trafficinator_funnel_completions_total{funnel="Buy"} 4',
    ]),
  );
});

it('is silent about what nobody knows, and tells of the process too', async () => {
  const lines = await linesOf({ ...report, eta_seconds: null, reasons: [] });
  expect(lines.filter((line) => line.includes('remaining_seconds'))).toEqual([]);
  expect(lines.filter((line) => line.includes('not_accepted'))).toEqual([]);
  expect(lines.some((line) => line.startsWith('process_resident_memory_bytes '))).toBe(true);
  const { content_type } = await renderBackfillMetrics(report, '1.2.3');
  expect(content_type).toContain('text/plain; version=0.0.4');
});
