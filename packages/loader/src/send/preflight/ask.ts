import type { Settings } from '@trafficinator/contract';
import { Client } from 'undici';
import { connectorFor } from '../connector.ts';

export interface AskerOptions {
  /** PEM text of the certificate authorities to trust; null for the usual ones. */
  readonly ca: string | null;
  readonly user_agent: string;
  /** Longest wait for a whole answer. */
  readonly timeout_ms: number;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** How many characters of an answer are read; a million when left out. */
  readonly longest_body?: number;
}

export type Reply = HttpReply | NoReply;

export interface HttpReply {
  readonly kind: 'http';
  readonly status: number;
  readonly content_type: string;
  readonly location: string | null;
  readonly www_authenticate: string | null;
  /** The server's clock by its `Date` header, whole seconds in epoch ms. */
  readonly date_ms: number | null;
  readonly asked_ms: number;
  readonly answered_ms: number;
  /** The body up to a limit. */
  readonly body: string;
}

export interface NoReply {
  readonly kind: 'none';
  /** Error code, e.g. ECONNREFUSED, CERT_HAS_EXPIRED, timeout. */
  readonly code: string;
  /** A connection stood (TLS included): the trouble came after. */
  readonly connected: boolean;
}

const usualLongestBody = 1024 * 1024;

/** Asks one server a few questions, one after the other. Follows no redirect and tries nothing twice. */
export class Asker {
  readonly #client: Client;
  readonly #options: AskerOptions;
  #connected = false;

  constructor(
    origin: string,
    settings: Pick<Settings, 'tls_insecure' | 'connect_timeout_seconds' | 'allow_private_targets'>,
    options: AskerOptions,
  ) {
    this.#options = options;
    const connector = connectorFor({
      timeout_ms: Math.min(settings.connect_timeout_seconds * 1000, options.timeout_ms),
      tls_insecure: settings.tls_insecure,
      ca: options.ca,
      allow_private: settings.allow_private_targets,
    });
    this.#client = new Client(origin, {
      connect: (target, callback) =>
        connector(target, (...result) => {
          if (result[0] === null) this.#connected = true;
          callback(...result);
        }),
    });
  }

  /** GET, or POST of a form. Never throws: what went wrong is in the reply. */
  async ask(path: string, form: string | null = null): Promise<Reply> {
    const { user_agent, timeout_ms, now } = this.#options;
    const type = form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const asked_ms = now();
    try {
      const { statusCode, headers, body } = await this.#client.request({
        path,
        method: form === null ? 'GET' : 'POST',
        headers: { 'user-agent': user_agent, ...type },
        body: form,
        signal: AbortSignal.timeout(timeout_ms),
      });
      return {
        kind: 'http',
        status: statusCode,
        content_type: textOf(headers['content-type']) ?? '',
        location: textOf(headers.location),
        www_authenticate: textOf(headers['www-authenticate']),
        date_ms: dateOf(textOf(headers.date)),
        asked_ms,
        answered_ms: now(),
        body: await bodyOf(body, this.#options.longest_body ?? usualLongestBody),
      };
    } catch (error) {
      return { kind: 'none', code: codeOf(error), connected: this.#connected };
    }
  }

  async close(): Promise<void> {
    await this.#client.destroy();
  }
}

async function bodyOf(body: AsyncIterable<Uint8Array>, longest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) break;
  }
  return text;
}

const textOf = (header: string | string[] | undefined): string | null =>
  (Array.isArray(header) ? header[0] : header) ?? null;

function dateOf(text: string | null): number | null {
  const date_ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(date_ms) ? null : date_ms;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'timeout';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
