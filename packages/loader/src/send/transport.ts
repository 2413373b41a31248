import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors, Pool } from 'undici';
import type { Answer, Transport } from './answer.ts';
import { connectorFor } from './connector.ts';

export interface TransportOptions {
  /** Absolute URL of the tracker. */
  readonly url: string;
  /** Sent with every hit, by POST: so it stays out of access logs. null: hits go by GET. */
  readonly token: string | null;
  readonly connections: number;
  readonly connect_timeout_ms: number;
  readonly request_timeout_ms: number;
  /** PEM text of a certificate authority to trust besides the system's. */
  readonly ca: string | null;
  readonly tls_insecure: boolean;
  /** ALLOW_PRIVATE_TARGETS. */
  readonly allow_private: boolean;
  readonly user_agent: string;
}

/** How much of an answer is kept: of a single hit's enough to tell what it is, of a bulk request's all. */
const keptOfHit = 512;
const keptOfBulk = 65_536;

/** A keep-alive pool to one tracker: the loader's only door to a Matomo. */
export class HttpTransport implements Transport {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #longest_ms: number;
  readonly #tokenPart: string | null;
  readonly #headers: Record<string, string>;
  readonly #jsonHeaders: Record<string, string>;

  constructor(options: TransportOptions) {
    const url = new URL(options.url);
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      pipelining: 1,
      headersTimeout: options.request_timeout_ms,
      bodyTimeout: options.request_timeout_ms,
      connect: connectorFor({ ...options, timeout_ms: options.connect_timeout_ms }),
    });
    this.#path = url.pathname;
    this.#longest_ms = options.request_timeout_ms;
    this.#tokenPart =
      options.token === null ? null : `&token_auth=${encodeURIComponent(options.token)}`;
    this.#headers = { 'user-agent': options.user_agent };
    this.#jsonHeaders = { ...this.#headers, 'content-type': 'application/json' };
    if (options.token !== null) {
      this.#headers['content-type'] = 'application/x-www-form-urlencoded';
    }
  }

  send(query: string, answered: (answer: Answer) => void, left?: () => void): void {
    const exchange = new Exchange(answered, keptOfHit, this.#longest_ms, left);
    if (this.#tokenPart === null) {
      const path = query === '' ? this.#path : `${this.#path}?${query}`;
      this.#pool.dispatch({ path, method: 'GET', headers: this.#headers }, exchange);
    } else {
      this.#pool.dispatch(
        {
          path: this.#path,
          method: 'POST',
          headers: this.#headers,
          body: query + this.#tokenPart,
        },
        exchange,
      );
    }
  }

  /** Sends a JSON body (bulk tracking) and calls back exactly once. The body must not change before. */
  sendBulk(body: Uint8Array, answered: (answer: Answer) => void, left?: () => void): void {
    this.#pool.dispatch(
      {
        // Read by QueuedTracking alone: record now, so that the answer says what was recorded.
        path: `${this.#path}?queuedtracking=0`,
        method: 'POST',
        headers: this.#jsonHeaders,
        body,
      },
      new Exchange(answered, keptOfBulk, this.#longest_ms, left),
    );
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** One request and its answer; remembers whether any byte may have left. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #answered: (answer: Answer) => void;
  readonly #kept: number;
  readonly #longest_ms: number;
  readonly #left: (() => void) | undefined;
  #sent = false;
  #sent_ms = 0;
  #over = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #body = '';

  constructor(
    answered: (answer: Answer) => void,
    kept: number,
    longest_ms: number,
    left: (() => void) | undefined,
  ) {
    this.#answered = answered;
    this.#kept = kept;
    this.#longest_ms = longest_ms;
    this.#left = left;
  }

  onRequestStart(): void {
    if (!this.#sent) this.#left?.();
    this.#sent = true;
    this.#sent_ms = performance.now();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders) {
    this.#status = status;
    this.#headers = headers;
  }

  /** undici's own body time-out starts anew with every byte: a body that drips would never end. */
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (performance.now() - this.#sent_ms > this.#longest_ms) {
      controller.abort(new errors.BodyTimeoutError());
      return;
    }
    if (this.#body.length < this.#kept) this.#body += chunk.toString('latin1', 0, this.#kept);
  }

  onResponseEnd(): void {
    this.#answer({
      kind: 'http',
      status: this.#status,
      content_type: String(this.#headers['content-type'] ?? ''),
      retry_after_ms: retryAfter(this.#headers['retry-after']),
      body: this.#body,
    });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    this.#answer({ kind: 'none', sent: this.#sent, code: codeOf(error) });
  }

  /** Exactly once: undici takes an error of whoever is told for an error of the response. */
  #answer(answer: Answer): void {
    if (this.#over) return;
    this.#over = true;
    try {
      this.#answered(answer);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3); null when absent or unreadable. */
function retryAfter(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string') return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date_ms = Date.parse(value);
  return Number.isNaN(date_ms) ? null : Math.max(0, date_ms - Date.now());
}

const plainCodes: Record<string, string> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_SOCKET: 'connection_lost',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
  UND_ERR_ABORTED: 'aborted',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
};

function codeOf(error: Error & { code?: string; cause?: unknown }): string {
  const code = error.code ?? error.name;
  return plainCodes[code] ?? code;
}
