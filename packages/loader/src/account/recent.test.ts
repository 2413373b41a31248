import { expect, it } from 'vitest';
import { bucketOf, newCounts, percentilesBetween } from './recent.ts';

function counted(durations: readonly number[]): Float64Array {
  const counts = newCounts();
  for (const ms of durations) counts[bucketOf(ms)]! += 1;
  return counts;
}

it('tells percentiles of what came between two moments, right to four in a hundred', () => {
  const earlier = Array.from({ length: 10_000 }, () => 5);
  const later = Array.from({ length: 1_000 }, (_, n) => n + 1);
  const found = percentilesBetween(counted(earlier), counted([...earlier, ...later]));
  for (const [name, exact] of [
    ['p50', 500],
    ['p95', 950],
    ['p99', 990],
    ['max', 1_000],
  ] as const) {
    expect(Math.abs(found![name] / exact - 1), name).toBeLessThan(0.041);
  }
});

it('tells nothing where nothing came, and bears the shortest and the longest', () => {
  const none = newCounts();
  expect(percentilesBetween(none, none)).toBeNull();
  expect(percentilesBetween(none, counted([0]))?.p50).toBe(0.1);
  expect(percentilesBetween(none, counted([1e9]))?.max).toBeGreaterThan(90_000);
});
