import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { type Dispatcher, request as forward } from 'undici';
import type { StubAnswer, StubRequest } from './stub-server.ts';

/** Stands before a server: passes requests on, or answers some of them itself. */
export class Interceptor {
  readonly requests: StubRequest[] = [];
  /** Decides about each request; null passes it on. */
  intercept: (request: StubRequest) => StubAnswer | null = () => null;
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
      if (own === 'cut') incoming.socket.destroy();
      else if (own !== null && own !== 'silence')
        response.writeHead(own.status, own.headers).end(own.body);
      else if (own === null) {
        const { host: _, connection: _c, 'transfer-encoding': _t, ...kept } = headers;
        const body = method === 'GET' ? null : request.body;
        const answer = await forward(this.#origin + path, {
          method: method as Dispatcher.HttpMethod,
          headers: kept,
          body,
        });
        const bytes = Buffer.from(await answer.body.arrayBuffer());
        const type = answer.headers['content-type'];
        response.writeHead(answer.statusCode, type === undefined ? {} : { 'content-type': type });
        response.end(bytes);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
    return this;
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
