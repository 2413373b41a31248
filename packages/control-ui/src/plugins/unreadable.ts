import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemDetails } from '@trafficinator/contract/rest';

/** What never became a request, by the parser's code; anything else is no HTTP. */
const known: Readonly<Record<string, readonly [status: number, detail: string, remedy: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time.', 'Send it at once.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are longer than 16 KiB.', 'Send shorter ones.'],
};
const noHttp = [400, 'This is no HTTP request.', 'Use an HTTP client.'] as const;

/** Where no plugin comes into play. */
export const bareHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

/** Answers on the bare connection, in the shape of every other error, and lets go of it. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail, remedy] = known[error.code ?? ''] ?? noHttp;
  const title = STATUS_CODES[status] ?? 'Error';
  const body: ProblemDetails = {
    type: 'urn:trafficinator:problem:request_unreadable',
    title,
    status,
    code: 'request_unreadable',
    detail,
    remedy,
    errors: [],
    request_id: crypto.randomUUID(),
  };
  const text = JSON.stringify(body);
  const headers = {
    ...bareHeaders,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${title}`, ...lines, '', text].join('\r\n'), () =>
    socket.destroy(),
  );
}
