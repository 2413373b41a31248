import type { Clock } from '../../ports/clock.ts';
import type { RunnerEvent } from '../../ports/runner.ts';
import { Channel } from '../channel.ts';
import { pause } from '../pause.ts';
import { changesOf, removalsOf, type Snapshot } from './changes.ts';

const between_ms = 500;

/** Looks twice a second at what became of the instances, and tells the differences. */
export class Watch {
  readonly events: Channel<RunnerEvent>;
  readonly #clock: Clock;
  readonly #snapshot: () => Promise<Snapshot>;
  readonly #from: string;
  #before: Snapshot = new Map();
  #looking: Promise<void> = Promise.resolve();

  /** Tells what happens from now on until the signal. */
  constructor(clock: Clock, snapshot: () => Promise<Snapshot>, signal: AbortSignal) {
    this.#clock = clock;
    this.#snapshot = snapshot;
    this.#from = new Date(clock.now()).toISOString();
    this.events = new Channel(signal);
    void this.#run(signal);
  }

  /** Looks now; resolves when what has happened so far is told. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#compare());
    return this.#looking;
  }

  async #run(signal: AbortSignal): Promise<void> {
    do await this.look();
    while (await pause(this.#clock, between_ms, signal));
  }

  async #compare(): Promise<void> {
    const before = this.#before;
    // A disk that does not answer now may at the next look.
    const after = await this.#snapshot().catch(() => before);
    this.#before = after;
    const now = new Date(this.#clock.now()).toISOString();
    for (const event of changesOf(before, after, this.#from)) this.events.push(event);
    for (const event of removalsOf(before, after, now)) this.events.push(event);
  }
}
