import type { Answer } from './answer.ts';
import type { BatchVerdict, HopelessReason } from './batch-verdict.ts';
import { bulkBody } from './bulk/body.ts';
import { bulkVerdict } from './bulk/verdict.ts';
import { addressRefused } from './connector.ts';
import type { HttpTransport } from './transport.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Follows the sending of a batch; what it throws ends the sending. */
export interface SendWatch {
  /** A request leaves now, unless this throws. */
  leaving(): void;
  /** So many hits surely have their outcome; `refused`: why the last of them was, null if it was not. */
  progress(done: number, refused: string | null): void;
}

/**
 * `at`: position of the first hit that the verdict is about. `took_ms`: from send to answer; with single
 * hits all of them together, waits included.
 */
export type SentBatch = BatchVerdict & { readonly at: number; readonly took_ms: number };

/** Sends the hits of a batch from position `from` on. */
export interface BatchSender {
  /** One request for all hits, and one fate. */
  readonly bulk: boolean;
  /** Rejects only with what `watch` or the leave throws. */
  send(queries: readonly string[], from: number, watch: SendWatch): Promise<SentBatch>;
}

export interface SenderParts<Door> {
  readonly transport: Door;
  readonly token: string | null;
  /** Waits until so many requests with so many hits may be sent; rejects to stop. */
  readonly leave: (requests: number, hits: number) => Promise<void>;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
}

/** All hits in one request: one transaction in Matomo. */
export class BulkSender implements BatchSender {
  readonly bulk = true;
  readonly #parts: SenderParts<Pick<HttpTransport, 'sendBulk'>>;
  /** Memory of bodies that were read: new memory for each would keep the garbage collector busy. */
  readonly #spare: ArrayBuffer[] = [];

  constructor(parts: SenderParts<Pick<HttpTransport, 'sendBulk'>>) {
    this.#parts = parts;
  }

  async send(queries: readonly string[], from: number, watch: SendWatch): Promise<SentBatch> {
    const { transport, token, leave, elapsed } = this.#parts;
    const sent = from === 0 ? queries : queries.slice(from);
    await leave(1, sent.length);
    watch.leaving();
    const left_ms = elapsed();
    const body = bulkBody(sent, token, this.#spare.pop());
    const answer = await new Promise<Answer>((resolve) => transport.sendBulk(body, resolve));
    const verdict = bulkVerdict(answer, sent.length);
    const took_ms = elapsed() - left_ms;
    // Whoever counts the hits has read them all; after any other answer the body may still be on its way.
    if (verdict.kind === 'recorded' && !verdict.queued) this.#spare.push(body.buffer);
    if (verdict.kind !== 'recorded') return { ...verdict, at: from, took_ms };
    const refused = verdict.refused.map((position) => position + from);
    return { ...verdict, refused, at: from, took_ms };
  }
}

/** One request a hit, one after the other. */
export class SingleSender implements BatchSender {
  readonly bulk = false;
  readonly #parts: SenderParts<Pick<HttpTransport, 'send'>>;

  constructor(parts: SenderParts<Pick<HttpTransport, 'send'>>) {
    this.#parts = parts;
  }

  async send(queries: readonly string[], from: number, watch: SendWatch): Promise<SentBatch> {
    const began_ms = this.#parts.elapsed();
    const took_ms = () => this.#parts.elapsed() - began_ms;
    for (let at = from; at < queries.length; at++) {
      const verdict = await this.#hit(queries[at] as string, watch);
      const stopped = stopOf(verdict);
      if (stopped !== null) return { ...stopped, at, took_ms: took_ms() };
      watch.progress(at + 1, verdict.outcome === 'rejected' ? verdict.reason : null);
    }
    const nothing = { refused: [], refused_unnamed: 0, lost: 0, queued: false };
    return { kind: 'recorded', ...nothing, at: queries.length, took_ms: took_ms() };
  }

  async #hit(query: string, watch: SendWatch): Promise<Verdict> {
    const { transport, leave } = this.#parts;
    await leave(1, 1);
    watch.leaving();
    return verdictOf(await new Promise<Answer>((resolve) => transport.send(query, resolve)));
  }
}

/**
 * Why a batch does not go on after this hit; null: it does. Matomo refuses a hit by 400 and nothing else:
 * any other no comes from what stands before it, or there is no tracker.
 */
function stopOf({ outcome, reason, retryable, retry_after_ms }: Verdict): BatchVerdict | null {
  switch (outcome) {
    case 'accepted':
      return null;
    case 'rejected':
      if (reason === 'http_400') return null;
      if (reason.startsWith('http_')) return hopeless(reason as HopelessReason);
      return { ...hopeless('a_page'), maybe_recorded: true };
    case 'unknown':
      return { kind: 'unknown', reason };
    case 'failed':
      if (!retryable) {
        return hopeless(reason === addressRefused ? addressRefused : 'certificate');
      }
      return { kind: 'not_recorded', reason, retry_after_ms, rolled_back: false };
    case 'dropped':
      return { kind: 'not_recorded', reason, retry_after_ms, rolled_back: false };
  }
}

const hopeless = (reason: HopelessReason) =>
  ({ kind: 'hopeless', reason, maybe_recorded: false }) as const;
