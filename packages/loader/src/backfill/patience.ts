import type { Clock } from '../pace/clock.ts';
import { backoff } from '../send/backoff.ts';
import { Halt } from './halt.ts';

/**
 * Waiting for a Matomo in trouble: back-off with jitter, and an end to it. A backfill has no schedule to
 * keep, so an outage only costs time; after `longest_ms` without any success it halts and can be resumed.
 */
export class Patience {
  readonly #clock: Clock;
  readonly #longest_ms: number;
  readonly #random: () => number;
  readonly #wait: (delay_ms: number) => Promise<void>;
  #lastSuccess_ms: number;

  /** `wait` rejects when the backfill shall stop. */
  constructor(
    clock: Clock,
    longest_ms: number,
    random: () => number,
    wait: (delay_ms: number) => Promise<void>,
  ) {
    this.#clock = clock;
    this.#longest_ms = longest_ms;
    this.#random = random;
    this.#wait = wait;
    this.#lastSuccess_ms = clock.elapsed();
  }

  succeeded(): void {
    this.#lastSuccess_ms = this.#clock.elapsed();
  }

  /** Waits before try number `attempt` (from 0); throws a Halt when it has lasted too long. */
  async before(attempt: number, reason: string, retry_after_ms: number | null): Promise<void> {
    const lasted_ms = this.#clock.elapsed() - this.#lastSuccess_ms;
    if (lasted_ms > this.#longest_ms) {
      throw new Halt('target_unreachable', {
        message: `Matomo has recorded nothing for ${Math.round(lasted_ms / 1000)} s (${reason}).`,
        remedy: 'Mend that, then run the same command again: it goes on where it stopped.',
      });
    }
    await this.#wait(backoff(attempt, this.#random(), retry_after_ms));
  }

  /** Waits a while that was chosen elsewhere. */
  async pause(delay_ms: number): Promise<void> {
    await this.#wait(delay_ms);
  }
}
