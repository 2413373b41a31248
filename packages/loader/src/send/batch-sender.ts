import type { Answer } from './answer.ts';
import type { BatchVerdict } from './batch-verdict.ts';
import { bulkBody } from './bulk/body.ts';
import { bulkVerdict } from './bulk/verdict.ts';
import type { HttpTransport } from './transport.ts';
import { verdictOf } from './verdict.ts';

/** Sends the hits of a batch from position `from` on. */
export interface BatchSender {
  /**
   * `progress`: so many hits of the batch surely have their outcome, the last of them refused or not.
   * `at` is where it stopped. Resolves; rejects only with what `progress` throws.
   */
  send(
    queries: readonly string[],
    from: number,
    progress: (done: number, refused: boolean) => void,
  ): Promise<BatchVerdict & { readonly at: number }>;
}

/** Waits until so many requests with so many hits may be sent. */
export type Leave = (requests: number, hits: number) => Promise<void>;

/** All hits in one request: one transaction in Matomo. */
export class BulkSender implements BatchSender {
  readonly #transport: Pick<HttpTransport, 'sendBulk'>;
  readonly #token: string | null;
  readonly #leave: Leave;

  constructor(transport: Pick<HttpTransport, 'sendBulk'>, token: string | null, leave: Leave) {
    this.#transport = transport;
    this.#token = token;
    this.#leave = leave;
  }

  async send(queries: readonly string[]): Promise<BatchVerdict & { readonly at: number }> {
    await this.#leave(1, queries.length);
    const body = bulkBody(queries, this.#token);
    const answer = await new Promise<Answer>((resolve) => this.#transport.sendBulk(body, resolve));
    return { ...bulkVerdict(answer, queries.length), at: 0 };
  }
}

/** One request a hit, one after the other. */
export class SingleSender implements BatchSender {
  readonly #transport: Pick<HttpTransport, 'send'>;
  readonly #leave: Leave;

  constructor(transport: Pick<HttpTransport, 'send'>, leave: Leave) {
    this.#transport = transport;
    this.#leave = leave;
  }

  async send(
    queries: readonly string[],
    from: number,
    progress: (done: number, refused: boolean) => void,
  ): Promise<BatchVerdict & { readonly at: number }> {
    for (let at = from; at < queries.length; at++) {
      await this.#leave(1, 1);
      const query = queries[at] as string;
      const answer = await new Promise<Answer>((resolve) => this.#transport.send(query, resolve));
      const { outcome, reason, retryable, retry_after_ms } = verdictOf(answer);
      if (outcome === 'unknown') return { kind: 'unknown', reason, at };
      if (outcome === 'failed' || outcome === 'dropped') {
        if (!retryable) return { kind: 'hopeless', code: 'target_unreachable', reason, at };
        return { kind: 'not_recorded', reason, retry_after_ms, rolled_back: false, at };
      }
      progress(at + 1, outcome === 'rejected');
    }
    const at = queries.length;
    return { kind: 'recorded', refused: [], refused_unnamed: 0, lost: 0, queued: false, at };
  }
}
