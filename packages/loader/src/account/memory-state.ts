import type { LiveState, RememberedRun } from './live-state.ts';

/** A live state that is forgotten with the process: rehearsals and tests. */
export class MemoryState implements LiveState {
  #run: RememberedRun | null = null;
  readonly #days = new Map<string, number>();

  latest(): RememberedRun | null {
    return this.#run;
  }

  begin(run: Pick<RememberedRun, 'run_id' | 'seed' | 'started_at_ms' | 'settings_digest'>): void {
    this.#run = { ...run, next_index: 0, visits: 0, active_ms: 0, ended: null };
  }

  resume(settings_digest: string): void {
    this.#change({ settings_digest });
  }

  visitsOn(day: string): number {
    return this.#days.get(day) ?? 0;
  }

  reserve(index: number, day: string, active_ms: number): void {
    const run = this.#run;
    if (run === null) throw new Error('reserve() before begin()');
    this.#change({
      next_index: Math.max(run.next_index, index + 1),
      visits: run.visits + 1,
      active_ms,
    });
    this.#days.set(day, this.visitsOn(day) + 1);
  }

  save(next_index: number, active_ms: number): void {
    this.#change({ next_index: Math.max(this.#run?.next_index ?? 0, next_index), active_ms });
  }

  end(reason: string, at_ms: number): void {
    this.#change({ ended: { at_ms, reason } });
  }

  close(): void {}

  #change(to: Partial<RememberedRun>): void {
    if (this.#run !== null) this.#run = { ...this.#run, ...to };
  }
}
