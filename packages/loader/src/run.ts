import type { RunState } from '@trafficinator/contract';
import { Books } from './account/books.ts';
import { StateError } from './account/live-state.ts';
import type { Volume } from './account/volume.ts';
import { Intake } from './intake.ts';
import { Timers } from './pace/timers.ts';
import { Breaker } from './route/breaker.ts';
import type { EndReason, LiveRunParts } from './run-parts.ts';
import { type LaneHandlers, Lanes } from './send/lanes.ts';
import { Outbox } from './send/outbox.ts';

/** Hits that may be refused before the first is accepted: few enough not to trip Matomo's brute-force guard. */
const refusalsAtStart = 10;
const beat_ms = 1_000;

/** One live run: settings → plan → pace → route → send → account, wired. */
export class LiveRun {
  readonly books: Books;
  readonly breaker = new Breaker();
  readonly #parts: LiveRunParts;
  readonly #intake: Intake;
  readonly #lanes: Lanes | Outbox;
  readonly #timers: Timers;
  readonly #done = Promise.withResolvers<EndReason>();
  #resumes_ms: number | null = null;
  #end: EndReason | null = null;
  #stopping = false;
  #refused = false;
  #over = false;

  constructor(parts: LiveRunParts) {
    this.#parts = parts;
    this.books = new Books(parts.ledger, parts.funnels, parts.slow_calls);
    this.#timers = new Timers(parts.clock);
    this.#lanes = this.#makeLanes();
    this.#intake = new Intake(parts, this.books, {
      begin: (visit, due_ms) => this.#lanes.start(visit, due_ms),
      refusesVisits: () => this.#refusesVisits(),
      paused: (until_ms) => this.#pause(until_ms),
      resumed: () => this.#resume(),
      ended: (reason) => this.#finish(reason),
      uncountable: (error) => this.#stateFailed(error),
    });
  }

  /** Runs to the end; resolves when every hit has its outcome. */
  start(): Promise<EndReason> {
    this.#beat();
    this.#become('running', null);
    this.#intake.start();
    return this.#done.promise;
  }

  /** First call: no new visits, running ones finish within DRAIN_SECONDS. Second call: stops at once. */
  stop(): void {
    if (this.#over) return;
    if (this.#stopping) {
      void this.#abort();
      return;
    }
    this.#stopping = true;
    this.#end = 'signal';
    this.#resumes_ms = null;
    this.#intake.close();
    this.#become('draining', this.#finishing());
    this.#timers.after(this.#parts.settings.drain_seconds * 1000, () => void this.#abort());
    this.#lanes.drain();
    this.#completeIfIdle();
  }

  /** Ends it: nothing that it could send would be taken. */
  giveUp(): void {
    this.#fail('target_refuses');
  }

  /** Why a visit should not be begun now, or null. */
  #refusesVisits(): string | null {
    if (this.#refused) return 'target_refuses';
    return this.breaker.wouldAllow(this.#parts.clock.elapsed()) ? null : 'breaker_open';
  }

  /** The target takes visits, as far as is known. */
  get healthy(): boolean {
    return this.#refusesVisits() === null;
  }

  /** It refused the first hits and gets nothing more. */
  get refused(): boolean {
    return this.#refused;
  }

  /** A run alone tells of no targets: whoever made it knows its name. */
  readonly numbers = [];

  /** Every hit has its outcome and nothing more comes. */
  get over(): boolean {
    return this.#over;
  }

  /** What it is asked for. */
  get volume(): Volume {
    return this.#parts.volume;
  }

  /** Today's date and the visits begun on it. */
  today(): { readonly date: string; readonly visits: number } {
    return this.#intake.today();
  }

  /** Wall-clock moment at which a pause ends, or null. */
  get resumes_ms(): number | null {
    return this.#resumes_ms;
  }

  get inFlight(): number {
    return this.#lanes.inFlight;
  }

  get waiting(): number {
    return this.#intake.waiting;
  }

  get achievedPerDay(): number {
    return this.#intake.achievedPerDay;
  }

  #makeLanes(): Lanes | Outbox {
    const { clock, settings, plan, seed, delivery, query } = this.#parts;
    const { bulk_size, bulk_lanes, max_retries, visit_pacing: pacing } = settings;
    if (delivery.kind === 'bulk') {
      const options = { bulk_size, bulk_lanes, max_retries, token: delivery.token, query };
      return new Outbox(clock, seed, delivery.transport, this.breaker, options, this.#handlers());
    }
    const options = { pacing, max_retries, query };
    return new Lanes(
      clock,
      plan,
      seed,
      delivery.transport,
      this.breaker,
      options,
      this.#handlers(),
    );
  }

  #handlers(): LaneHandlers {
    return {
      late: this.books.late,
      measured: this.books.measured,
      hitEnded: (outcome, reason, hit, visit, at_ms) => {
        this.books.hitEnded(outcome, reason, hit, visit, at_ms);
        if (outcome === 'rejected') this.#judgeStart();
      },
      visitEnded: (delivered, visit) => {
        this.books.visitEnded(delivered, visit);
        this.#intake.release();
        this.#completeIfIdle();
      },
      breakerOpened: () => {
        if (this.books.tally.hits.accepted === 0) this.#givenUp('target_unreachable');
      },
    };
  }

  #pause(until_ms: number): void {
    this.#resumes_ms = until_ms;
    this.#become('paused', 'the daily cap is reached');
  }

  #resume(): void {
    this.#resumes_ms = null;
    this.#become('running', 'a new day has begun');
  }

  /** The arrivals are over; what runs or waits goes on to its end. */
  #finish(reason: EndReason): void {
    this.#end = reason;
    this.#resumes_ms = null;
    if (this.#lanes.inFlight > 0) this.#become('draining', this.#finishing());
    this.#completeIfIdle();
  }

  #finishing(): string {
    const visits = this.#lanes.inFlight + this.#intake.waiting;
    return `${visits} ${visits === 1 ? 'visit finishes' : 'visits finish'}`;
  }

  #fail(reason: EndReason): void {
    if (this.#over || this.#end === reason) return;
    this.#end = reason;
    this.#resumes_ms = null;
    void this.#abort();
  }

  /**
   * The target will not take what it gets. The only one ends the run; one of several gets nothing more
   * if it refuses (Matomo bans clients for that), and is tried again if it just does not answer.
   */
  #givenUp(reason: EndReason): void {
    if (this.#parts.sole) this.#fail(reason);
    else if (reason === 'target_refuses' && !this.#refused) {
      this.#refused = true;
      this.#parts.events.refused();
    }
  }

  /** A target that refuses the first hits will refuse them all. */
  #judgeStart(): void {
    const { accepted, rejected } = this.books.tally.hits;
    if (accepted === 0 && rejected >= refusalsAtStart) this.#givenUp('target_refuses');
  }

  #stateFailed(error: unknown): void {
    if (error instanceof StateError) {
      this.#fail('state_unusable');
      return;
    }
    this.#over = true;
    this.#timers.cancelAll();
    this.#done.reject(error);
  }

  async #abort(): Promise<void> {
    this.#intake.close();
    await this.#lanes.abort();
    this.#completeIfIdle();
  }

  #completeIfIdle(): void {
    if (this.#over || this.#end === null) return;
    if (this.#lanes.inFlight > 0 || this.#intake.waiting > 0) return;
    this.#over = true;
    this.#timers.cancelAll();
    this.#done.resolve(this.#end);
  }

  #become(state: RunState, reason: string | null): void {
    this.#parts.events.changed(state, reason);
  }

  #beat = (): void => {
    try {
      this.#parts.state.save(this.#intake.nextIndex, this.#intake.active_ms);
    } catch (error) {
      this.#stateFailed(error);
    }
    this.#parts.events.beat();
    if (!this.#over) this.#timers.after(beat_ms, this.#beat);
  };
}
