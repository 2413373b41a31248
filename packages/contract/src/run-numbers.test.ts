import { describe, expect, it } from 'vitest';
import { statusSnapshot } from './status.ts';
import { runSummary } from './summary.ts';

const visits = { planned: 3, delivered: 1, partial: 1, dropped: 1 };
const hits = { planned: 9, accepted: 4, rejected: 1, failed: 1, unknown: 1, dropped: 2 };
const negative = {
  visits: { planned: 0, delivered: 0, partial: 0, dropped: 0 },
  hits: { planned: 0, accepted: 0, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
};
const ms = { p50: 1, p95: 2, p99: 3, max: 4.5 };
const target = {
  name: 'matomo',
  url: 'https://m.example.org/matomo.php',
  site_id: 1,
  health: 'healthy',
  visits,
  hits,
  negative,
  reasons: [],
  response_ms: ms,
  latency_ms: ms,
};
const funnel = {
  name: 'Purchase',
  starts: 2,
  steps: [2, 1],
  completions: 1,
  planned: { starts: 3, steps: [3, 2], completions: 2 },
};
const summary = {
  run_id: 'r1',
  shard: null,
  exit_code: 0,
  exit_reason: 'All 3 visits were planned.',
  visits,
  hits,
  negative,
  reasons: [{ outcome: 'rejected', reason: 'HTTP 400', count: 1, example: null }],
  rate: { planned_per_day: 100, achieved_per_day: 99.5 },
  latency_ms: ms,
  response_ms: ms,
  lateness_ms: null,
  started_at: '2026-05-01T12:00:00.000Z',
  ended_at: '2026-05-01T13:00:00.000Z',
  seed: 1,
  target: { url: 'https://m.example.org/matomo.php', site_id: 1 },
  targets: [target],
  funnels: [funnel],
  journeys: [{ name: 'buyer', starts: 2, planned: 3 }],
  plugins: [{ name: 'sale', errors: 1, first_error: 'Error: no', slow: 0, slowest_ms: 0.4 }],
  pacing: 'compressed',
  resumed_from: null,
  notices: [],
};

describe('runSummary', () => {
  it('accepts a complete summary', () => expect(runSummary.parse(summary)).toEqual(summary));

  it.each([
    ['a hit without an outcome', { hits: { ...hits, planned: 10 } }],
    ['a visit without an end', { visits: { ...visits, planned: 4 } }],
    ['an exit code nobody knows', { exit_code: 99 }],
    ['a local time', { ended_at: '2026-05-01T13:00:00+02:00' }],
    ['a pacing nobody knows', { pacing: 'slow' }],
  ])('refuses %s', (_, change) => {
    expect(runSummary.safeParse({ ...summary, ...change }).success).toBe(false);
  });
});

describe('statusSnapshot', () => {
  const status = {
    run_id: 'r1',
    shard: '0/2',
    recent: { seconds: 10, response_ms: null, lateness_ms: null },
    version: '0.1.0',
    state: 'running',
    state_since: '2026-05-01T12:00:00.000Z',
    resumes_at: null,
    reason: null,
    uptime_seconds: 12.5,
    visits: { ...visits, planned: 9, in_flight: 4, waiting: 2 },
    hits: { ...hits, planned: 12, pending: 3 },
    negative,
    today: { date: '2026-05-01', visits: 9, cap: 0, target: 100 },
    rate: { planned_per_day: 100, achieved_per_day: 99, hits_per_second: 1.5 },
    latency_ms: null,
    response_ms: null,
    lateness_ms: null,
    reasons: [],
    target: { url: 'https://m.example.org/matomo.php', site_id: 1, breaker: 'half_open' },
    targets: [target],
    funnels: [funnel],
    journeys: [{ name: 'buyer', starts: 2, planned: 3 }],
    plugins: [{ name: 'sale', errors: 1, first_error: 'Error: no', slow: 0, slowest_ms: 0.4 }],
    settings: { concurrency: 50, matomo_token_auth: '***' },
    settings_changed: ['concurrency'],
  };

  it('accepts a complete snapshot', () => expect(statusSnapshot.parse(status)).toEqual(status));

  it.each([
    ['an unknown state', { state: 'sleeping' }],
    ['a negative count', { visits: { ...status.visits, waiting: -1 } }],
    ['no breaker', { target: summary.target }],
  ])('refuses %s', (_, change) => {
    expect(statusSnapshot.safeParse({ ...status, ...change }).success).toBe(false);
  });
});
