import { expect, it } from 'vitest';
import { combined } from './results.ts';

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
