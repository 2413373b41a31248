import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** An answer, or none: leave the connection open, or cut it. */
export type StubAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | 'silence'
  | 'cut';

export interface Stub {
  readonly url: string;
  readonly requests: readonly StubRequest[];
  close(): Promise<void>;
}

/** A real HTTP server (HTTPS with a certificate) on a free port of 127.0.0.1 that answers as it is told. */
export async function startStub(
  answer: (request: StubRequest) => StubAnswer,
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<Stub> {
  const requests: StubRequest[] = [];
  const server = tls === null ? createServer() : createTlsServer(tls);
  server.on('request', async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, body, headers };
    requests.push(request);
    const told = answer(request);
    if (told === 'cut') incoming.socket.destroy();
    else if (told !== 'silence') {
      response.writeHead(told.status, told.headers).end(told.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = (value: unknown): StubAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export const usualSite = {
  idsite: 1,
  name: 'Shop',
  main_url: 'https://shop.example.test',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  ecommerce: 1,
  sitesearch: 1,
  exclude_unknown_urls: 0,
};

/** A tracker's answer to a GET without parameters. */
export const trackerPage: StubAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: 'This resource is part of Matomo.',
};

interface StubMatomo {
  readonly hit?: StubAnswer;
  readonly version?: unknown;
  readonly site?: unknown;
  readonly urls?: unknown;
  readonly viewOnly?: unknown;
  /** Instead of the four answers above. */
  readonly bulk?: StubAnswer;
  /** To the questions about plugins, goals and custom dimensions. */
  readonly doctor?: StubAnswer;
  readonly visits?: StubAnswer;
}

/** Answers like a Matomo that accepts hits and describes site 1; each answer can be replaced. */
export function likeMatomo(parts: StubMatomo = {}): (request: StubRequest) => StubAnswer {
  return ({ path, body }) => {
    const form = new URLSearchParams(body);
    if (path === '/matomo.php' && body === '') return trackerPage;
    if (path.startsWith('/matomo.php')) return parts.hit ?? { status: 204 };
    if (form.get('method') === 'Live.getLastVisitsDetails') return parts.visits ?? json([]);
    if (form.get('urls[0]')?.includes('isPluginActivated')) return parts.doctor ?? json([]);
    if (parts.bulk !== undefined) return parts.bulk;
    return json([
      parts.version ?? { value: '5.2.0' },
      parts.site ?? usualSite,
      parts.urls ?? ['https://shop.example.test'],
      parts.viewOnly ?? [],
    ]);
  };
}
