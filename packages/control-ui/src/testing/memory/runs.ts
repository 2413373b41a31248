import { type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';
import type { Run, RunEnd, RunKind, Runs, SeriesPoint } from '../../ports/store/runs.ts';
import { pageOf, stored } from './versions.ts';

/** Runs in memory, the newest first. */
export class MemoryRuns implements Runs {
  readonly #runs = new Map<string, { readonly order: number; readonly run: Run }>();
  readonly #points = new Map<string, Map<number, SeriesPoint>>();
  #next = 1;

  async begin(run: Run): Promise<void> {
    if (this.#runs.has(run.id)) {
      throw new StoreError('name_taken', `There is a run ${run.id} already.`);
    }
    this.#runs.set(run.id, { order: this.#next++, run: stored(run) });
  }

  async progress(id: string, result: Readonly<Record<string, unknown>>): Promise<void> {
    this.#edit(id, { result });
  }

  async finish(
    id: string,
    end: RunEnd,
    reason: string | null,
    at: string,
    result: Readonly<Record<string, unknown>> | null,
  ): Promise<void> {
    this.#edit(id, { end, reason, ended_at: at, ...(result !== null && { result }) });
  }

  async get(id: string): Promise<Run | null> {
    const found = this.#runs.get(id);
    return found === undefined ? null : stored(found.run);
  }

  async list(query: PageQuery, kind: RunKind | null): Promise<Page<Run>> {
    const rows = [...this.#runs.values()]
      .filter(({ run }) => kind === null || run.kind === kind)
      .toSorted((a, b) => b.order - a.order);
    const page = pageOf(rows, ({ order }) => order, query);
    return { ...page, items: page.items.map(({ run }) => run) };
  }

  async open(): Promise<readonly Run[]> {
    const runs = [...this.#runs.values()].map(({ run }) => run);
    return runs.filter(({ end }) => end === null).map(stored);
  }

  async remove(id: string): Promise<void> {
    this.#must(id);
    this.#runs.delete(id);
    this.#points.delete(id);
  }

  async append(id: string, points: readonly SeriesPoint[]): Promise<void> {
    this.#must(id);
    const kept = this.#points.get(id) ?? new Map<number, SeriesPoint>();
    for (const point of points) {
      const there = kept.get(point.at_seconds);
      kept.set(point.at_seconds, there === undefined ? point : merged(there, point));
    }
    this.#points.set(id, kept);
  }

  async series(
    id: string,
    from: number,
    to: number,
    points: number,
  ): Promise<readonly SeriesPoint[]> {
    const inside = [...(this.#points.get(id)?.values() ?? [])]
      .filter(({ at_seconds }) => at_seconds >= from && at_seconds <= to)
      .toSorted((a, b) => a.at_seconds - b.at_seconds);
    const each = Math.max(1, Math.ceil(inside.length / points));
    const buckets: SeriesPoint[] = [];
    for (let at = 0; at < inside.length; at += each) {
      buckets.push(inside.slice(at, at + each).reduce(merged));
    }
    return buckets;
  }

  #must(id: string): { readonly order: number; readonly run: Run } {
    const found = this.#runs.get(id);
    if (found === undefined) throw new StoreError('not_found', `There is no run ${id}.`);
    return found;
  }

  #edit(id: string, change: Partial<Run>): void {
    const { order, run } = this.#must(id);
    this.#runs.set(id, { order, run: stored({ ...run, ...change }) });
  }
}

const counts = [
  'seconds',
  'visits',
  'planned_visits',
  'accepted',
  'rejected',
  'failed',
  'unknown',
  'dropped',
] as const;
const peaks = ['p50_ms', 'p95_ms', 'p99_ms', 'lateness_p95_ms'] as const;

/** Counts add up; of what cannot be added the highest stands. */
function merged(a: SeriesPoint, b: SeriesPoint): SeriesPoint {
  const sums = Object.fromEntries(counts.map((name) => [name, a[name] + b[name]]));
  const highest = Object.fromEntries(
    peaks.map((name) => {
      const known = [a[name], b[name]].filter((value) => value !== null);
      return [name, known.length === 0 ? null : Math.max(...known)];
    }),
  );
  return { ...a, ...sums, ...highest, in_flight: Math.max(a.in_flight, b.in_flight) };
}
