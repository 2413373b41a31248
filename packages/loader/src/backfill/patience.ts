import type { Clock } from '../pace/clock.ts';
import { backoff } from '../send/backoff.ts';
import { Halt } from './halt.ts';

export interface PatienceParts {
  readonly clock: Clock;
  /** A failure that lasts longer ends the backfill. */
  readonly longest_ms: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Rejects when the backfill shall stop. */
  readonly wait: (delay_ms: number) => Promise<void>;
}

/** The attempt of a back-off whose waits are below a second. */
const shortly = 2;

/**
 * Waiting for a Matomo in trouble: back-off with jitter, and an end to it. A backfill has no schedule to
 * keep, so an outage only costs time; when nothing succeeds for too long it halts and can be resumed. All
 * lanes share it: the more of them fail in a row, the longer each waits.
 */
export class Patience {
  readonly #parts: PatienceParts;
  #successes = 0;
  #failures = 0;
  #since_ms: number | null = null;
  #reason = '';

  constructor(parts: PatienceParts) {
    this.#parts = parts;
  }

  succeeded(): void {
    this.#successes++;
    this.#failures = 0;
    this.#since_ms = null;
  }

  /** How often something succeeded: whether Matomo works for others is seen by its growing. */
  get successes(): number {
    return this.#successes;
  }

  /** Why and for how long nothing has succeeded; null when all is well. */
  get trouble(): { readonly reason: string; readonly lasted_ms: number } | null {
    if (this.#since_ms === null) return null;
    return { reason: this.#reason, lasted_ms: this.#parts.clock.elapsed() - this.#since_ms };
  }

  /** Waits a moment after a failure that is not Matomo's as a whole: others succeed. */
  async afterOwnFailure(): Promise<void> {
    const { random, wait } = this.#parts;
    await wait(backoff(shortly, random(), null));
  }

  /** Waits after a failure; throws a Halt when they have lasted too long. */
  async afterFailure(reason: string, retry_after_ms: number | null = null): Promise<void> {
    const { clock, longest_ms, random, wait } = this.#parts;
    this.#since_ms ??= clock.elapsed();
    this.#reason = reason;
    const lasted_ms = clock.elapsed() - this.#since_ms;
    if (lasted_ms > longest_ms) {
      throw new Halt('target_unreachable', {
        message: `Nothing has succeeded for ${Math.round(lasted_ms / 1000)} s (${reason}).`,
        remedy: 'Mend that, then run the same command again: it goes on where it stopped.',
      });
    }
    await wait(backoff(this.#failures++, random(), retry_after_ms));
  }
}
