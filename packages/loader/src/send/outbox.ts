import type { Outcome } from '@trafficinator/contract';
import type { Clock } from '../pace/clock.ts';
import { Draws, purpose } from '../plan/draw.ts';
import type { Visit } from '../plan/visit.ts';
import type { Breaker } from '../route/breaker.ts';
import type { Answer } from './answer.ts';
import { backoff } from './backoff.ts';
import type { BatchVerdict } from './batch-verdict.ts';
import { bulkBody } from './bulk/body.ts';
import { outcomesOf } from './bulk/outcomes.ts';
import { bulkVerdict } from './bulk/verdict.ts';
import { addressRefused } from './connector.ts';
import type { LaneHandlers } from './lanes.ts';
import { OutboxLane, type Posted } from './outbox-lane.ts';
import { hitPart, momentPart, type QueryOptions, visitPart } from './query.ts';

/** Why no connection came about, for good: nothing was refused by Matomo then. */
const unconnected: readonly string[] = ['certificate', addressRefused];

export interface OutboxOptions {
  readonly bulk_size: number;
  readonly bulk_lanes: number;
  readonly max_retries: number;
  readonly token: string | null;
  readonly query: QueryOptions;
}

export interface BulkTransport {
  sendBulk(body: Uint8Array, answered: (answer: Answer) => void, left?: () => void): void;
  destroy(): Promise<void>;
}

/** A visit waits so long for others to fill its batch. */
const longestWait_ms = 1_000;

/**
 * Live traffic in bulk: whole visits in one request, with their simulated times. A visitor has its lane,
 * and a lane has one request out, so a visitor is never in two. What may have been recorded is unknown
 * and not sent again: live traffic keeps no journal of batches.
 */
export class Outbox {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #transport: BulkTransport;
  readonly #breaker: Breaker;
  readonly #options: OutboxOptions;
  readonly #handlers: LaneHandlers;
  readonly #lanes: OutboxLane[];
  #inFlight = 0;
  #draining = false;

  constructor(
    clock: Clock,
    seed: number,
    transport: BulkTransport,
    breaker: Breaker,
    options: OutboxOptions,
    handlers: LaneHandlers,
  ) {
    this.#clock = clock;
    this.#seed = seed;
    this.#transport = transport;
    this.#breaker = breaker;
    this.#options = options;
    this.#handlers = handlers;
    this.#lanes = Array.from({ length: options.bulk_lanes }, (_, n) => new OutboxLane(n));
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Begins a visit now: it goes out with the next batch of its lane. */
  start(visit: Visit, due_ms: number): void {
    this.#inFlight++;
    const lane = this.#laneOf(visit);
    lane.push({ visit, due_ms, start_ms: this.#clock.now() - visit.duration_ms });
    if (this.#draining || lane.hits >= this.#options.bulk_size) this.#sendNext(lane);
    else if (lane.timer === null && lane.batch === null) {
      lane.timer = this.#clock.after(longestWait_ms, () => this.#sendNext(lane));
    }
  }

  /** Sends what waits at once; nothing waits for a retry any more. */
  drain(): void {
    this.#draining = true;
    for (const lane of this.#lanes) {
      if (lane.timer !== null && lane.batch !== null) this.#endBatch(lane, 'failed', 'shutdown');
      this.#sendNext(lane);
    }
  }

  /** Ends at once: what was sent and not answered is unknown, what was not sent is dropped. */
  async abort(): Promise<void> {
    this.#draining = true;
    for (const lane of this.#lanes) {
      const waits = lane.timer !== null && lane.batch !== null;
      this.#cancelTimer(lane);
      for (const posted of lane.take(Number.POSITIVE_INFINITY)) {
        this.#end(posted, () => ({ outcome: 'dropped', reason: 'shutdown' }));
      }
      if (waits) this.#endBatch(lane, 'failed', 'shutdown');
    }
    await this.#transport.destroy();
  }

  #laneOf(visit: Visit): OutboxLane {
    const bits = Number.parseInt(visit.visitor.id.slice(8), 16);
    return this.#lanes[bits % this.#lanes.length] as OutboxLane;
  }

  #sendNext(lane: OutboxLane): void {
    if (lane.batch !== null) return;
    this.#cancelTimer(lane);
    const batch = lane.take(this.#options.bulk_size);
    if (batch.length === 0) return;
    lane.batch = batch;
    lane.attempt = 0;
    this.#send(lane);
  }

  #send(lane: OutboxLane): void {
    const batch = lane.batch ?? [];
    if (!this.#breaker.allow(this.#clock.elapsed())) {
      this.#endBatch(lane, lane.attempt > 0 ? 'failed' : 'dropped', 'breaker_open');
      return;
    }
    const queries = batch.flatMap((posted) => this.#queriesOf(posted));
    let sent_ms: number | null = null;
    this.#transport.sendBulk(
      bulkBody(queries, this.#options.token),
      (answer) => this.#answered(lane, answer, queries.length, sent_ms ?? this.#clock.elapsed()),
      () => {
        const now = this.#clock.elapsed();
        sent_ms = now;
        if (lane.attempt > 0) return;
        for (const { due_ms } of batch) this.#handlers.late(now - due_ms);
      },
    );
  }

  #queriesOf({ visit, start_ms }: Posted): string[] {
    const shared = visitPart(visit.visitor, this.#options.query);
    return visit.hits.map((hit) => {
      const moment = { at_ms: start_ms + hit.offset_ms, send_cdt: true };
      return shared + hitPart(hit, this.#options.query) + momentPart(moment, visit.visitor.zone);
    });
  }

  #answered(lane: OutboxLane, answer: Answer, hits: number, sent_ms: number): void {
    const now = this.#clock.elapsed();
    const verdict = bulkVerdict(answer, hits);
    if (answer.kind === 'http' || answer.sent) {
      for (const { due_ms } of lane.batch ?? [])
        this.#handlers.measured(now - due_ms, now - sent_ms);
    }
    const isUp = answer.kind === 'http' && answer.status < 500 && answer.status !== 429;
    const aborted = answer.kind === 'none' && answer.code === 'aborted';
    if (!aborted && this.#breaker.record(isUp, now, sent_ms)) {
      this.#handlers.breakerOpened(reasonOf(verdict));
    }
    if (
      verdict.kind === 'not_recorded' &&
      lane.attempt < this.#options.max_retries &&
      !this.#draining
    ) {
      const u = new Draws(this.#seed, lane.number).unit(purpose.retry, Math.floor(now));
      const delay_ms = backoff(lane.attempt++, u, verdict.retry_after_ms);
      lane.timer = this.#clock.after(delay_ms, () => {
        lane.timer = null;
        this.#send(lane);
      });
      return;
    }
    this.#settle(lane, verdict, aborted && answer.kind === 'none' && !answer.sent);
  }

  #settle(lane: OutboxLane, verdict: BatchVerdict, neverSent: boolean): void {
    if (neverSent) {
      return lane.attempt > 0
        ? this.#endBatch(lane, 'failed', 'retries_cut_short')
        : this.#endBatch(lane, 'dropped', 'shutdown');
    }
    switch (verdict.kind) {
      case 'recorded':
        return this.#recorded(lane, verdict);
      case 'unknown':
        return this.#endBatch(lane, 'unknown', verdict.reason);
      case 'not_recorded':
        return this.#endBatch(lane, 'failed', verdict.reason);
      case 'too_large':
        return this.#endBatch(lane, 'rejected', 'http_413');
      case 'hopeless':
        return this.#endBatch(
          lane,
          unconnected.includes(verdict.reason) ? 'failed' : 'rejected',
          verdict.reason,
        );
    }
  }

  #recorded(lane: OutboxLane, verdict: Extract<BatchVerdict, { kind: 'recorded' }>): void {
    const batch = lane.batch ?? [];
    const hits = batch.reduce((sum, { visit }) => sum + visit.hits.length, 0);
    const outcomeOf = outcomesOf(verdict, hits);
    let at = 0;
    for (const posted of batch) {
      const first = at;
      this.#end(posted, (position) => outcomeOf(first + position));
      at += posted.visit.hits.length;
    }
    this.#free(lane);
  }

  #endBatch(lane: OutboxLane, outcome: Outcome, reason: string): void {
    for (const posted of lane.batch ?? []) this.#end(posted, () => ({ outcome, reason }));
    this.#free(lane);
  }

  #end(
    { visit, start_ms }: Posted,
    outcomeOf: (position: number) => { readonly outcome: Outcome; readonly reason: string },
  ): void {
    let delivered = true;
    for (const [position, hit] of visit.hits.entries()) {
      const { outcome, reason } = outcomeOf(position);
      this.#handlers.hitEnded(outcome, reason, hit, visit, start_ms + hit.offset_ms);
      delivered &&= outcome === 'accepted';
    }
    this.#inFlight--;
    this.#handlers.visitEnded(delivered, visit);
  }

  #free(lane: OutboxLane): void {
    lane.batch = null;
    this.#cancelTimer(lane);
    this.#sendNext(lane);
  }

  #cancelTimer(lane: OutboxLane): void {
    if (lane.timer !== null) this.#clock.cancel(lane.timer);
    lane.timer = null;
  }
}

const reasonOf = (verdict: BatchVerdict): string =>
  'reason' in verdict ? verdict.reason : verdict.kind;
