import type { Outcome } from '@trafficinator/contract';
import { Agenda } from '../pace/agenda.ts';
import type { Clock } from '../pace/clock.ts';
import { Draws, purpose } from '../plan/draw.ts';
import type { Plan } from '../plan/plan.ts';
import type { Hit, Visit } from '../plan/visit.ts';
import type { Breaker } from '../route/breaker.ts';
import type { Answer, Transport } from './answer.ts';
import { backoff } from './backoff.ts';
import { freeLane, type Lane } from './lane.ts';
import { hitPart, momentPart, type QueryOptions, visitPart } from './query.ts';
import { verdictOf } from './verdict.ts';

export interface LaneHandlers {
  /** A hit of a visit has its outcome; `at_ms` is its time for Matomo (epoch ms). */
  readonly hitEnded: (
    outcome: Outcome,
    reason: string,
    hit: Hit,
    visit: Visit,
    at_ms: number,
  ) => void;
  /** A request leaves: how long after its hit was due. */
  readonly late: (lateness_ms: number) => void;
  /** A request was sent and is over: time since the hit was due, and since this request was sent. */
  readonly measured: (sinceDue_ms: number, sinceSend_ms: number) => void;
  readonly visitEnded: (delivered: boolean, visit: Visit) => void;
  /** The breaker opened: the target is in trouble. */
  readonly breakerOpened: (reason: string) => void;
}

export interface LaneOptions {
  readonly pacing: 'compressed' | 'realtime';
  readonly max_retries: number;
  readonly query: QueryOptions;
}

/** A visit that waits longer than this is planned anew when it wakes: plans are cheap, memory is not. */
const keptWhileWaiting_ms = 2_000;

/**
 * Visits in flight, each in a lane of its own: its hits go out strictly in order, never two at once,
 * since Matomo makes several visits of a visitor's concurrent hits.
 */
export class Lanes {
  readonly #clock: Clock;
  readonly #plan: Plan;
  readonly #seed: number;
  readonly #transport: Transport;
  readonly #breaker: Breaker;
  readonly #options: LaneOptions;
  readonly #handlers: LaneHandlers;
  readonly #agenda: Agenda;
  readonly #lanes: Lane[] = [];
  readonly #free: Lane[] = [];
  #draining = false;
  #aborted = false;

  constructor(
    clock: Clock,
    plan: Plan,
    seed: number,
    transport: Transport,
    breaker: Breaker,
    options: LaneOptions,
    handlers: LaneHandlers,
  ) {
    this.#clock = clock;
    this.#plan = plan;
    this.#seed = seed;
    this.#transport = transport;
    this.#breaker = breaker;
    this.#options = options;
    this.#handlers = handlers;
    this.#agenda = new Agenda(clock, 1024, (slot) => this.#send(this.#lanes[slot] as Lane));
  }

  get inFlight(): number {
    return this.#lanes.length - this.#free.length;
  }

  /** Begins a visit now; `due_ms` is the monotonic moment it was scheduled for. */
  start(visit: Visit, due_ms: number): void {
    const lane = this.#free.pop() ?? this.#newLane();
    lane.index = visit.index;
    lane.site_day = visit.site_day;
    lane.visit = visit;
    lane.part = visitPart(visit.visitor, this.#options.query);
    lane.position = 0;
    lane.attempt = 0;
    lane.due_ms = due_ms;
    lane.start_ms =
      this.#options.pacing === 'compressed'
        ? this.#clock.now() - visit.duration_ms
        : this.#clock.elapsed();
    lane.allAccepted = true;
    lane.active = true;
    this.#send(lane);
  }

  /**
   * Lets running visits finish; compressed ones no longer pause, since their hits carry simulated times.
   * A visit that waits for a retry ends: its wait may be what the target asked for, and is not cut short.
   */
  drain(): void {
    this.#draining = true;
    for (const slot of this.#agenda.drain()) {
      const lane = this.#lanes[slot] as Lane;
      if (!lane.active) continue;
      if (lane.attempt > 0) this.#dropRest(lane, 'shutdown');
      else if (this.#options.pacing === 'realtime') this.#agenda.add(lane.due_ms, slot);
      else this.#send(lane);
    }
  }

  /** Ends at once: what was sent and not answered is unknown, what was not sent is dropped. */
  async abort(): Promise<void> {
    this.#draining = true;
    this.#aborted = true;
    this.#agenda.drain();
    for (const lane of this.#lanes) if (lane.active && !lane.busy) this.#dropRest(lane, 'shutdown');
    await this.#transport.destroy();
  }

  #newLane(): Lane {
    const lane = freeLane(this.#lanes.length);
    this.#lanes.push(lane);
    return lane;
  }

  #send(lane: Lane): void {
    if (!this.#breaker.allow(this.#clock.elapsed())) {
      this.#dropRest(lane, 'breaker_open');
      return;
    }
    const visit = this.#visitOf(lane);
    const hit = visit.hits[lane.position] as Hit;
    const send_cdt = this.#options.pacing === 'compressed';
    lane.at_ms = send_cdt ? lane.start_ms + hit.offset_ms : this.#clock.now();
    const query =
      lane.part +
      hitPart(hit, this.#options.query) +
      momentPart({ at_ms: lane.at_ms, send_cdt }, visit.visitor.zone);
    lane.busy = true;
    lane.sent_ms = null;
    this.#transport.send(
      query,
      (answer) => this.#answered(lane, answer),
      () => this.#left(lane),
    );
  }

  #left(lane: Lane): void {
    lane.sent_ms = this.#clock.elapsed();
    if (lane.attempt === 0) this.#handlers.late(lane.sent_ms - lane.due_ms);
  }

  #answered(lane: Lane, answer: Answer): void {
    const now = this.#clock.elapsed();
    const verdict = verdictOf(answer);
    const sent_ms = lane.sent_ms ?? now;
    if (answer.kind === 'http' || answer.sent) {
      this.#handlers.measured(now - lane.due_ms, now - sent_ms);
    }
    if (verdict.reason !== 'shutdown' && verdict.reason !== 'aborted') {
      const isUp = answer.kind === 'http' && answer.status < 500 && answer.status !== 429;
      if (this.#breaker.record(isUp, now, sent_ms)) this.#handlers.breakerOpened(verdict.reason);
    }
    if (verdict.retryable && lane.attempt < this.#options.max_retries && !this.#draining) {
      const number = lane.position * 32 + lane.attempt;
      const u = new Draws(this.#seed, lane.index).unit(purpose.retry, number);
      lane.busy = false;
      this.#wait(lane, now + backoff(lane.attempt, u, verdict.retry_after_ms));
      lane.attempt++;
      return;
    }
    if (verdict.outcome === 'dropped' && lane.attempt > 0) {
      this.#endHit(lane, 'failed', 'retries_cut_short');
    } else this.#endHit(lane, verdict.outcome, verdict.reason);
  }

  /** The hit at hand has its outcome; the visit goes on. */
  #endHit(lane: Lane, outcome: Outcome, reason: string): void {
    lane.busy = true;
    const visit = this.#visitOf(lane);
    const hit = visit.hits[lane.position] as Hit;
    this.#handlers.hitEnded(outcome, reason, hit, visit, lane.at_ms);
    if (outcome !== 'accepted') lane.allAccepted = false;
    this.#next(lane);
  }

  #next(lane: Lane): void {
    lane.busy = false;
    lane.position++;
    lane.attempt = 0;
    const visit = this.#visitOf(lane);
    const hit = visit.hits[lane.position];
    if (hit === undefined) return this.#end(lane);
    if (this.#aborted) return this.#dropRest(lane, 'shutdown');
    const now = this.#clock.elapsed();
    const realtime = this.#options.pacing === 'realtime';
    const pause_ms = this.#draining ? 0 : hit.pause_ms;
    lane.due_ms = realtime ? lane.start_ms + hit.offset_ms : now + pause_ms;
    if (lane.due_ms <= now) this.#send(lane);
    else this.#wait(lane, lane.due_ms);
  }

  #wait(lane: Lane, until_ms: number): void {
    if (until_ms - this.#clock.elapsed() > keptWhileWaiting_ms) {
      lane.visit = null;
      lane.part = '';
    }
    this.#agenda.add(until_ms, lane.slot);
  }

  #visitOf(lane: Lane): Visit {
    if (lane.visit === null) {
      lane.visit = this.#plan(lane.index, lane.site_day);
      lane.part = visitPart(lane.visit.visitor, this.#options.query);
    }
    return lane.visit;
  }

  /** The hit that waits and all after it end unsent; one that was tried before is failed. */
  #dropRest(lane: Lane, reason: string): void {
    lane.busy = true;
    const visit = this.#visitOf(lane);
    for (const [at, hit] of visit.hits.entries()) {
      if (at < lane.position) continue;
      if (at === lane.position && lane.attempt > 0) {
        this.#handlers.hitEnded('failed', 'retries_cut_short', hit, visit, lane.at_ms);
      } else {
        this.#handlers.hitEnded('dropped', reason, hit, visit, lane.at_ms);
      }
    }
    lane.allAccepted = false;
    lane.busy = false;
    this.#end(lane);
  }

  #end(lane: Lane): void {
    const visit = this.#visitOf(lane);
    lane.active = false;
    lane.visit = null;
    lane.part = '';
    this.#free.push(lane);
    this.#handlers.visitEnded(lane.allAccepted, visit);
  }
}
