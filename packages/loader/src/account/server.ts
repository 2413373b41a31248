import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type StatusSources, statusReply, unreadableReply } from './status-routes.ts';

export interface StatusServerOptions extends StatusSources {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface StatusServer {
  /** The port it really listens on. */
  readonly port: number;
  /** Takes no more requests, answers the running ones, then cuts every connection. */
  close(): Promise<void>;
}

const limits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const mostConnections = 64;

/**
 * Serves the state of this process over HTTP: /status, /metrics, /healthz, /readyz. It reads and changes
 * nothing, takes no bodies and asks for no key; secrets are masked before they get here.
 * @throws a system error when it cannot listen, e.g. with code EADDRINUSE or EACCES.
 */
export async function startStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  let running = 0;
  let closing = false;
  const server = createServer(limits, (request, response) => {
    running++;
    response.once('close', () => {
      running--;
      if (closing && running === 0) server.closeAllConnections();
    });
    void answer(request, response, options);
  });
  server.maxConnections = mostConnections;
  server.on('clientError', refuse);
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        // A connection that never sent anything is not idle to Node, and would hold the close up.
        if (running === 0) server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: StatusServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sources: StatusSources,
): Promise<void> {
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?', 1)[0] as string;
  const reply = await statusReply(method, path, hasBody(request), sources);
  response.writeHead(reply.status, {
    'Content-Type': reply.content_type,
    'Content-Length': Buffer.byteLength(reply.body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...reply.headers,
    ...(hasBody(request) && { Connection: 'close' }),
  });
  response.end(method === 'HEAD' ? undefined : reply.body);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What Node cannot read as a request never becomes one, so it is answered on the bare connection. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, title, content_type, body } = unreadableReply(error.code ?? '');
  const length = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: ${content_type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
