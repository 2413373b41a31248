import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { type Dispatcher, request as forward } from 'undici';
import type { StubAnswer, StubRequest } from './stub-server.ts';

interface FullAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Stands before a server: passes requests on, or answers some of them itself. */
export class Interceptor {
  readonly requests: StubRequest[] = [];
  /** Decides about each request; null passes it on, `lose` passes it on and cuts the connection then. */
  intercept: (request: StubRequest) => StubAnswer | 'lose' | null = () => null;
  readonly #origin: string;
  #server: Server | null = null;
  #port = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens on a free port; again on the same one after `close`. */
  async open(): Promise<this> {
    if (this.#port === 0) this.#port = await freePort();
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, body: Buffer.concat(chunks).toString(), headers };
      this.requests.push(request);
      const own = this.intercept(request);
      if (own === 'silence') return;
      const answer = own === null || own === 'lose' ? await this.#passOn(request) : own;
      if (answer === 'cut' || own === 'lose') incoming.socket.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
    return this;
  }

  async #passOn({ method, path, headers, body }: StubRequest): Promise<FullAnswer | 'cut'> {
    const { host: _, connection: _c, 'transfer-encoding': _t, ...kept } = headers;
    try {
      const answer = await forward(this.#origin + path, {
        method: method as Dispatcher.HttpMethod,
        headers: kept as Record<string, string>,
        body: method === 'GET' ? null : body,
      });
      const type = String(answer.headers['content-type'] ?? '');
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, headers: { 'content-type': type }, body: bytes };
    } catch {
      return 'cut';
    }
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await new Promise<void>((resolve) => {
      if (server === null) resolve();
      server?.close(() => resolve());
      server?.closeAllConnections();
    });
  }
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
