import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  readonly json: any;
}

export interface ClientOptions {
  /** The address of this machine that it comes from. */
  readonly from?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a service from an address of its own, with the very headers that it is given. */
export class Client {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 50 });

  constructor(base: string, options: ClientOptions = {}) {
    this.#base = base;
    this.#options = options;
    onTestFinished(() => this.#agent.destroy());
  }

  ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, this.#base), {
        method,
        agent: this.#agent,
        ...(this.#options.from !== undefined && { localAddress: this.#options.from }),
        headers: {
          ...(text !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(text)),
          }),
          ...this.#options.headers,
          ...headers,
        },
      });
      asked.on('error', reject);
      asked.on('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const all = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: all,
            json: parsed(all),
          });
        });
      });
      asked.end(text);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
