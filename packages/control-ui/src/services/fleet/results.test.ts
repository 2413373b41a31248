import { expect, it } from 'vitest';
import { combined, resultOfLegs } from './results.ts';

it('adds up counts, keeps the highest of durations, and joins rows that are the same', () => {
  const shard = (accepted: number, p95: number) => ({
    seed: 7,
    exit_code: 0,
    hits: { planned: accepted + 1, accepted },
    latency_ms: { p50: 1, p95 },
    reasons: [{ outcome: 'failed', reason: 'timeout', count: 1, example: null }],
    targets: [{ name: 'a', site_id: 3, hits: { accepted } }],
    funnels: [{ name: 'f', length: 3, starts: 2, steps: [2, 1] }],
    target: { url: 'u', site_id: 3 },
  });
  expect(combined([shard(10, 40), shard(5, 90)])).toEqual({
    seed: 7,
    exit_code: 0,
    hits: { planned: 17, accepted: 15 },
    latency_ms: { p50: 1, p95: 90 },
    reasons: [{ outcome: 'failed', reason: 'timeout', count: 2, example: null }],
    targets: [{ name: 'a', site_id: 3, hits: { accepted: 15 } }],
    funnels: [{ name: 'f', length: 3, starts: 4, steps: [4, 2] }],
    target: { url: 'u', site_id: 3 },
  });
});

it('takes what only one has, and nothing from nothing', () => {
  expect(combined([{ latency_ms: null }, { latency_ms: { p50: 3 }, more: [1] }])).toEqual({
    latency_ms: { p50: 3 },
    more: [1],
  });
  expect(combined([])).toEqual({});
});

it('makes one result of the processes of a run that an outage cut in two', () => {
  const leg = (planned: number, exit_code: number, resumed_from: number | null) => ({
    exit_code,
    exit_reason: `ended with ${exit_code}`,
    started_at: `began at ${resumed_from}`,
    ended_at: `ended after ${planned}`,
    hits: { planned, accepted: planned },
    rate: { planned_per_day: 1_000, achieved_per_day: planned },
    resumed_from,
  });
  expect(resultOfLegs([leg(10, 143, null), leg(4, 0, 10)])).toEqual({
    exit_code: 0,
    exit_reason: 'ended with 0',
    started_at: 'began at null',
    ended_at: 'ended after 4',
    hits: { planned: 14, accepted: 14 },
    rate: { planned_per_day: 1_000, achieved_per_day: 4 },
    notices: undefined,
    resumed_from: null,
  });
  expect(resultOfLegs([])).toBeNull();
});
