import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { EngineAddress } from '../../src/adapters/docker/options.ts';

/** What the socket proxy of a production setup permits: containers, events and images, nothing else. */
const permitted =
  /^\/(_ping|events|containers\/(json|create|[0-9a-f]{64}(\/(json|start|stop|logs|stats))?)|images\/[^/]+\/json)(\?|$)/;

/** A way to an engine that permits little, and that can be cut. */
export class EngineProxy {
  readonly #engine: EngineAddress;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  constructor(engine: EngineAddress) {
    this.#engine = engine;
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.#port}`;
  }

  /** Listens, at the same port every time. */
  async open(): Promise<void> {
    const server = createServer((asked, answer) => this.#pass(asked, answer));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Refuses new connections and cuts those there are. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { url: path = '', method, headers } = asked;
    if (!permitted.test(path)) {
      answer
        .writeHead(403)
        .end('<html><body>Request forbidden by administrative rules.</body></html>');
      return;
    }
    const onwards = request({ ...this.#engine, path, method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      answer.flushHeaders();
      given.pipe(answer);
      given.once('error', () => answer.destroy());
    });
    onwards.once('error', () => answer.destroy());
    answer.once('close', () => onwards.destroy());
    asked.pipe(onwards);
  }
}
