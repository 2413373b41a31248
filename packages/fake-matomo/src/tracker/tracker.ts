import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults/faults.ts';
import type { FaultSettings } from '../faults/settings.ts';
import { formQuery, type Received } from '../http/received.ts';
import { htmlReply, jsonReply, type Outcome, type Reply } from '../http/reply.ts';
import { bulkReply, debugReply, gifReply, rolledBackReply, trackingOffReply } from './answers.ts';
import { type BulkRequest, looksLikeBulk, readBulk, trackBulk, visitorsOf } from './bulk.ts';
import type { Stats } from './counts.ts';
import { Parameters, parametersOfQuery } from './parameters.ts';
import type { Connection } from './read-hit.ts';
import { trackSingle, wantsImage } from './single.ts';
import type { Ground } from './track.ts';

/** The tracker endpoint: single and bulk requests, with the faults it was told to have. */
export class Tracker {
  readonly #ground: Ground;
  readonly #faults: Faults;
  readonly #closing: AbortSignal;
  readonly #openVisitors = new Set<string>();
  readonly stats: Stats;

  constructor(ground: Ground, faults: Faults, stats: Stats, closing: AbortSignal) {
    this.#ground = ground;
    this.#faults = faults;
    this.#closing = closing;
    this.stats = stats;
  }

  async handle(received: Received): Promise<Outcome> {
    this.stats.requests += 1;
    const faults = this.#faults;
    await this.#wait(faults.latency_ms());
    const silence = faults.strike('never_answer');
    if (silence !== null && !silence.commit) return 'silence';
    if (faults.strike('reset_before_commit') !== null) return 'reset';
    const answer = faults.strike('answer');
    if (answer !== null) return faultReply(answer);
    const worked = await this.#work(received);
    const reply = faults.settings.debug ? debugReply() : worked;
    if (silence !== null) return 'silence';
    return faults.strike('reset_after_commit') === null ? reply : 'reset';
  }

  async #work(received: Received): Promise<Reply> {
    const connection = connectionOf(received);
    if (received.method === 'POST' && looksLikeBulk(received.body) && !isEncoded(received)) {
      this.stats.bulk_requests += 1;
      return this.#bulk(readBulk(received.body), connection);
    }
    const form = received.method === 'POST' ? formQuery(received) : '';
    // A name in both belongs to the query, as PHP's union of $_GET and $_POST has it.
    const merged = { ...parametersOfQuery(form), ...parametersOfQuery(received.query) };
    const parameters = new Parameters(merged);
    if (this.#faults.settings.tracking_off && !parameters.isEmpty) {
      this.#countOff(1);
      return trackingOffReply(wantsImage(parameters));
    }
    return trackSingle(this.#ground, received.method, parameters, connection, this.stats);
  }

  async #bulk(bulk: BulkRequest, connection: Connection): Promise<Reply> {
    const { tracking_off, queue, deadlock } = this.#faults.settings;
    if (tracking_off) {
      this.#countOff(bulk.elements.length);
      return bulkReply({ tracked: 0, invalid: 0 });
    }
    if (this.#faults.strike('rollback') !== null) return this.#rolledBack(bulk);
    if (queue !== undefined) {
      this.#faults.count('queue');
      void this.#later(queue.delay_ms, bulk, connection);
      return gifReply({ Connection: 'close' });
    }
    if (deadlock !== undefined) return this.#held(deadlock.hold_ms, bulk, connection);
    return trackBulk(this.#ground, bulk, connection, this.stats);
  }

  /** The later of two open requests that share a visitor loses; the open one commits. */
  async #held(hold_ms: number, bulk: BulkRequest, connection: Connection): Promise<Reply> {
    const visitors = visitorsOf(bulk);
    if (!visitors.isDisjointFrom(this.#openVisitors)) {
      this.#faults.count('deadlock');
      return this.#rolledBack(bulk);
    }
    for (const visitor of visitors) this.#openVisitors.add(visitor);
    try {
      await this.#wait(hold_ms);
      return trackBulk(this.#ground, bulk, connection, this.stats);
    } finally {
      for (const visitor of visitors) this.#openVisitors.delete(visitor);
    }
  }

  async #later(delay_ms: number, bulk: BulkRequest, connection: Connection): Promise<void> {
    await this.#wait(delay_ms);
    if (!this.#closing.aborted) trackBulk(this.#ground, bulk, connection, this.stats);
  }

  #rolledBack(bulk: BulkRequest): Reply {
    this.stats.hits_seen += bulk.elements.length;
    this.stats.hits_rolled_back += bulk.elements.length;
    return rolledBackReply(Math.floor(bulk.elements.length / 2));
  }

  #countOff(hits: number): void {
    this.stats.hits_seen += hits;
    this.stats.excluded.tracking_off = (this.stats.excluded.tracking_off ?? 0) + hits;
  }

  /** Waits, but no longer than the stand-in is up and its faults are in force. */
  async #wait(time_ms: number): Promise<void> {
    if (time_ms <= 0) return;
    const signal = AbortSignal.any([this.#closing, this.#faults.inForce]);
    await sleep(time_ms, undefined, { signal }).catch(() => undefined);
  }
}

/** Matomo does not decode a compressed body and so finds no hits in it. */
const isEncoded = (received: Received): boolean =>
  (received.headers['content-encoding'] ?? 'identity') !== 'identity';

function connectionOf(received: Received): Connection {
  const { headers } = received;
  return {
    ip: received.remote_ip,
    user_agent: headers['user-agent'] ?? '',
    language: headers['accept-language'] ?? '',
    referer: headers.referer ?? '',
    is_prefetch: headers['x-purpose'] === 'preview' || headers['x-moz'] === 'prefetch',
  };
}

function faultReply(answer: NonNullable<FaultSettings['answer']>): Reply {
  const text = `The stand-in was told to answer ${answer.status}.`;
  const reply =
    answer.body === 'json'
      ? jsonReply(answer.status, { status: 'error', message: text })
      : htmlReply(
          answer.status,
          `<html><body><h1>${answer.status}</h1><p>${text}</p></body></html>`,
        );
  if (answer.retry_after_seconds === undefined) return reply;
  const retryAfter = String(answer.retry_after_seconds);
  return { ...reply, headers: { ...reply.headers, 'Retry-After': retryAfter } };
}
