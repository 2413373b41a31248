import { describe, expect, it } from 'vitest';
import { StateError } from './account/live-state.ts';
import { MemoryState } from './account/memory-state.ts';
import { VirtualClock } from './pace/virtual-clock.ts';
import { audit } from './testing/audit.ts';
import { freshState, Rehearsal } from './testing/rehearsal.ts';
import { accepts } from './testing/scripted-transport.ts';

/** A state that cannot be written from some moment on. */
class FailingState extends MemoryState {
  readonly #inner: MemoryState;
  readonly #broken: () => boolean;
  readonly #error: Error;

  constructor(clock: VirtualClock, broken: () => boolean, error: Error) {
    super();
    this.#inner = freshState(clock);
    this.#broken = broken;
    this.#error = error;
  }

  override visitsOn(day: string): number {
    return this.#inner.visitsOn(day);
  }

  override reserve(index: number, day: string, active_ms: number): void {
    if (this.#broken()) throw this.#error;
    this.#inner.reserve(index, day, active_ms);
  }

  override save(index: number, active_ms: number): void {
    if (this.#broken()) throw this.#error;
    this.#inner.save(index, active_ms);
  }
}

describe('a state that cannot be written', () => {
  const full = new StateError('state_unusable', '/state', 'The state file is full.');

  function failing(broken: (visits: number, elapsed_ms: number) => boolean, error: Error) {
    const clock = new VirtualClock();
    const state: FailingState = new FailingState(
      clock,
      () => broken(state.visitsOn('2026-06-10'), clock.elapsed()),
      error,
    );
    return new Rehearsal(
      { concurrency: 3, target_visits_per_day: 864_000 },
      { clock, state, script: () => accepts(500) },
    );
  }

  it('lets no visit begin that it could not count, and ends the run', async () => {
    const rehearsal = failing((visits) => visits >= 7, full);
    expect(await rehearsal.toEnd()).toBe('state_unusable');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.visitors.length).toBe(7);
    const reasons = rehearsal.tally.reasons().map(({ reason }) => reason);
    expect(reasons).toContain('state_unusable');
  });

  it('ends the run at the next beat when nothing arrives', async () => {
    const rehearsal = failing((_, elapsed_ms) => elapsed_ms > 0 && elapsed_ms % 1_000 === 0, full);
    expect(await rehearsal.toEnd(5_000)).toBe('state_unusable');
    expect(audit(rehearsal)).toEqual([]);
    expect(rehearsal.clock.elapsed()).toBeLessThanOrEqual(1_000);
  });

  it('sends nothing at all when it is broken from the start', async () => {
    const rehearsal = failing(() => true, full);
    expect(await rehearsal.toEnd()).toBe('state_unusable');
    expect(rehearsal.transport.sent).toEqual([]);
    expect(audit(rehearsal)).toEqual([]);
  });

  it('another error is not dressed up as a full disk', async () => {
    const rehearsal = failing((visits) => visits >= 2, new TypeError('a mistake of ours'));
    await expect(rehearsal.toEnd()).rejects.toThrow('a mistake of ours');
  });
});
