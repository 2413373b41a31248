import type { IncomingMessage } from 'node:http';

/** An HTTP request, read whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  readonly remote_ip: string;
}

/** Reads a request to its end. @throws when the sender breaks off. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    body: Buffer.concat(chunks).toString('utf8'),
    headers: request.headers,
    remote_ip: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}

/** The form fields of a body, if it is a form: PHP reads no other body into parameters. */
export function formQuery(received: Received): string {
  const type = received.headers['content-type'] ?? '';
  return type.startsWith('application/x-www-form-urlencoded') ? received.body : '';
}
