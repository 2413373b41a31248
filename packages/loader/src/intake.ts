import type { Books } from './account/books.ts';
import type { CapGate, GateMember } from './account/cap-gate.ts';
import { Admission } from './pace/admission.ts';
import { Arrivals } from './pace/arrivals.ts';
import { dayOf } from './pace/calendar.ts';
import { liveShape } from './pace/curve/live-shape.ts';
import { Schedule } from './pace/schedule.ts';
import { Stopwatch } from './pace/stopwatch.ts';
import { dependsOnDay } from './plan/plan.ts';
import type { Visit } from './plan/visit.ts';
import type { EndReason, LiveRunParts } from './run-parts.ts';

export interface IntakeHandlers {
  /** The visit is counted and has a slot: begin it now. */
  readonly begin: (visit: Visit, due_ms: number) => void;
  /** Why the target is not worth a try at the moment; null when it is. */
  readonly refusesVisits: () => string | null;
  readonly paused: (until_ms: number) => void;
  readonly resumed: () => void;
  /** No more visits arrive. */
  readonly ended: (reason: EndReason) => void;
  /** A visit could not be counted durably; it was dropped. */
  readonly uncountable: (error: unknown) => void;
}

/** Which visits begin, and when: arrivals, caps and slots together. */
export class Intake implements GateMember {
  readonly #parts: LiveRunParts;
  readonly #books: Books;
  readonly #handlers: IntakeHandlers;
  readonly #gate: CapGate;
  readonly #admission: Admission;
  readonly #arrivals: Arrivals;
  readonly #arriving: Stopwatch;
  readonly #began_ms: number;
  /** Wall-clock time (epoch ms) at monotonic time 0. */
  readonly #epoch_ms: number;
  readonly #dated: boolean;
  /** How long before the schedule this process began. */
  #lead_ms = 0;
  #nextIndex: number;

  constructor(parts: LiveRunParts, books: Books, handlers: IntakeHandlers) {
    this.#parts = parts;
    this.#books = books;
    this.#handlers = handlers;
    const { clock, settings, from } = parts;
    this.#began_ms = clock.elapsed();
    this.#epoch_ms = clock.now() - clock.elapsed();
    this.#dated = dependsOnDay(settings);
    this.#nextIndex = from.index;
    this.#arriving = new Stopwatch(clock);
    this.#gate = parts.gate;
    this.#gate.join(this);
    this.#admission = new Admission(
      clock,
      settings.concurrency,
      settings.max_lateness_seconds * 1000,
      { start: this.#begin, drop: this.#drop },
    );
    this.#arrivals = this.#makeArrivals();
  }

  start(): void {
    this.#arriving.start();
    this.#arrivals.start();
  }

  /** No more arrivals; what waits for a slot goes on waiting. */
  stop(): void {
    this.#arrivals.stop();
    this.#arriving.stop();
  }

  /** No more arrivals, and what waits is dropped. */
  close(): void {
    this.stop();
    this.#admission.close();
  }

  /** A visit has ended: its slot is free. */
  release(): void {
    this.#admission.release();
  }

  askAgain(): void {
    this.#arrivals.askAgain();
  }

  get waiting(): number {
    return this.#admission.waiting;
  }

  /** The next visit that has not arrived. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  /** Running time of the run over all its processes. */
  get active_ms(): number {
    return this.#parts.from.active_ms + this.#parts.clock.elapsed() - this.#began_ms;
  }

  /** Visits begun per day of arriving time; pauses do not count. */
  get achievedPerDay(): number {
    const { planned, dropped } = this.#books.tally.visits;
    const arriving_ms = this.#arriving.total_ms - this.#lead_ms;
    const begun = planned - dropped - this.waiting;
    return arriving_ms > 0 ? (begun * 86_400_000) / arriving_ms : 0;
  }

  /** Today's date and the visits begun on it. */
  today(): { readonly date: string; readonly visits: number } {
    return this.#gate.caps.today(this.#parts.clock.now());
  }

  #makeArrivals(): Arrivals {
    const { clock, settings, from, seed } = this.#parts;
    const now_ms = clock.elapsed();
    const fixed = settings.run_started_at !== null;
    const anchor_ms = fixed ? now_ms + Date.parse(settings.run_started_at) - clock.now() : now_ms;
    const first = fixed ? 0 : from.index;
    const begins_ms = Math.max(now_ms, anchor_ms);
    this.#lead_ms = begins_ms - now_ms;
    const autoStop_ms =
      settings.auto_stop_after_hours > 0
        ? Math.max(0, settings.auto_stop_after_hours * 3_600_000 - from.active_ms)
        : Number.POSITIVE_INFINITY;
    const duration_ms = this.#parts.duration_ms ?? Number.POSITIVE_INFINITY;
    const endOfTime = autoStop_ms < duration_ms ? 'auto_stop' : 'duration';
    const { visits_per_day, started_at_ms } = this.#parts;
    const volume = { visits_per_day, seed, started_at_ms };
    const shape = liveShape(settings, volume, this.#epoch_ms);
    const schedule = new Schedule(seed, visits_per_day, anchor_ms, first, shape, fixed);
    const next = fixed ? schedule.restart(now_ms, from.index) : from.index;
    return new Arrivals(clock, schedule, next, begins_ms + Math.min(autoStop_ms, duration_ms), {
      permit: () => this.#gate.permit(this.#nextIndex, clock.now()),
      arrive: this.#arrive,
      paused: (until_ms) => {
        this.#arriving.stop();
        this.#handlers.paused(until_ms);
      },
      resumed: () => {
        this.#arriving.start();
        this.#handlers.resumed();
      },
      ended: (reason) => {
        this.#arriving.stop();
        this.#handlers.ended(reason === 'time' ? endOfTime : 'max_visits');
      },
    });
  }

  /** The site's date of a moment of the schedule, where a plan asks for it. */
  #siteDayOf(due_ms: number): string | undefined {
    if (!this.#dated) return undefined;
    return dayOf(this.#epoch_ms + due_ms, this.#parts.settings.timezone);
  }

  #arrive = (index: number, due_ms: number): void => {
    this.#nextIndex = index + 1;
    if (!this.#parts.mine(index)) return;
    const { own_caps, clock } = this.#parts;
    if (own_caps !== null && own_caps.permit(clock.now(), this.waiting).kind !== 'go') return;
    const visit = this.#parts.plan(index, this.#siteDayOf(due_ms));
    this.#books.visitPlanned(visit);
    const refusal = this.#handlers.refusesVisits();
    if (refusal !== null) this.#dropFor(visit, refusal);
    else this.#admission.offer(visit, due_ms);
  };

  #begin = (visit: Visit, due_ms: number): void => {
    const now_ms = this.#parts.clock.now();
    const { own_caps } = this.#parts;
    if (!this.#gate.hasRoom(visit.index, now_ms) || own_caps?.hasRoom(now_ms) === false) {
      return this.#turnAway(visit, 'cap_reached');
    }
    // The breaker may have opened while the visit waited: what is not sent must not count as begun.
    const refusal = this.#handlers.refusesVisits();
    if (refusal !== null) return this.#turnAway(visit, refusal);
    try {
      this.#gate.reserve(visit.index, now_ms, this.active_ms);
      own_caps?.reserve(visit.index, now_ms, this.active_ms);
    } catch (error) {
      this.#turnAway(visit, 'state_unusable');
      this.#handlers.uncountable(error);
      return;
    }
    this.#handlers.begin(visit, due_ms);
    this.#gate.changed();
  };

  /** Drops a visit that had its slot already. */
  #turnAway(visit: Visit, reason: string): void {
    this.#dropFor(visit, reason);
    this.#admission.release();
  }

  #drop = (visit: Visit, reason: string): void => this.#dropFor(visit, reason);

  #dropFor(visit: Visit, reason: string): void {
    this.#books.visitDropped(visit, reason);
    this.#gate.changed();
  }
}
