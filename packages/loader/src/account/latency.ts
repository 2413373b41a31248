import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { bucketOf, newCounts } from './recent.ts';

/** Percentiles in milliseconds, or null when nothing was measured. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Durations in constant memory: an HDR histogram in microseconds with three significant digits.
 * Recording costs a fraction of a microsecond.
 */
export class Latency {
  readonly #histogram: RecordableHistogram = createHistogram({
    lowest: 1,
    highest: 24 * 3_600_000_000,
    figures: 3,
  });
  #sum_ms = 0;
  #count = 0;
  #max_ms = 0;

  /** Bucket bounds of the Prometheus histogram, in seconds. */
  static readonly bounds_seconds = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ] as const;
  readonly buckets = new Float64Array(Latency.bounds_seconds.length + 1);
  /** For what came lately: the difference between two copies. */
  readonly counts = newCounts();

  record(duration_ms: number): void {
    const ms = Math.max(duration_ms, 0);
    this.#histogram.record(Math.max(1, Math.round(ms * 1000)));
    this.#sum_ms += ms;
    this.#count++;
    if (ms > this.#max_ms) this.#max_ms = ms;
    const fine = bucketOf(ms);
    this.counts[fine] = (this.counts[fine] as number) + 1;
    let at = 0;
    while (
      at < Latency.bounds_seconds.length &&
      ms > (Latency.bounds_seconds[at] as number) * 1000
    ) {
      at++;
    }
    this.buckets[at] = (this.buckets[at] as number) + 1;
  }

  /** Adds what another one recorded. */
  add(other: Latency): void {
    this.#histogram.add(other.#histogram);
    this.#sum_ms += other.#sum_ms;
    this.#count += other.#count;
    this.#max_ms = Math.max(this.#max_ms, other.#max_ms);
    for (const [at, count] of other.counts.entries()) {
      this.counts[at] = (this.counts[at] as number) + count;
    }
    for (const [at, count] of other.buckets.entries()) {
      this.buckets[at] = (this.buckets[at] as number) + count;
    }
  }

  get count(): number {
    return this.#count;
  }

  get sum_seconds(): number {
    return this.#sum_ms / 1000;
  }

  percentiles(): Percentiles | null {
    if (this.#count === 0) return null;
    const max = round(this.#max_ms);
    const at = (percentile: number) => Math.min(this.#histogram.percentile(percentile) / 1000, max);
    return { p50: at(50), p95: at(95), p99: at(99), max };
  }
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
