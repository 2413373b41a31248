import type { Percentiles } from './latency.ts';

/** Bounds grow by 8 %, from 0.1 ms to some 100 s: what is read from them is right to 4 %. */
const first_ms = 0.1;
const growth = Math.log(1.08);
const buckets = 181;

/** Counts of durations, for differences between two moments. */
export const newCounts = (): Float64Array => new Float64Array(buckets);

/** The bucket of a duration. */
export function bucketOf(duration_ms: number): number {
  if (duration_ms <= first_ms) return 0;
  return Math.min(buckets - 1, 1 + Math.floor(Math.log(duration_ms / first_ms) / growth));
}

/** The middle of a bucket, in ms. */
const middleOf = (bucket: number): number =>
  bucket === 0 ? first_ms : first_ms * Math.exp(growth * (bucket - 0.5));

/** Percentiles of what was counted between two moments; null: nothing was. */
export function percentilesBetween(before: Float64Array, now: Float64Array): Percentiles | null {
  const counts = now.map((count, at) => count - (before[at] as number));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  const at = (share: number): number => {
    let seen = 0;
    const bucket = counts.findIndex((count) => {
      seen += count;
      return seen >= share * total;
    });
    return Math.round(middleOf(bucket) * 1000) / 1000;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
