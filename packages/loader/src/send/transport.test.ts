import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { HttpTransport } from './transport.ts';

let server: Server;
let transport: HttpTransport;

afterEach(async () => {
  await transport.destroy();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Sends one hit, by GET and in bulk alike, to a server that answers with `respond`. */
async function answersOf(respond: (response: ServerResponse) => void): Promise<Answer[]> {
  server = createServer((request, response) => {
    request.resume();
    respond(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  transport = new HttpTransport({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/matomo.php`,
    token: null,
    connections: 2,
    connect_timeout_ms: 1000,
    request_timeout_ms: 300,
    ca: null,
    tls_insecure: false,
    allow_private: true,
    user_agent: 'test',
  });
  return Promise.all([
    new Promise<Answer>((answered) => transport.send('rec=1', answered)),
    new Promise<Answer>((answered) => transport.sendBulk(Buffer.from('{}'), answered)),
  ]);
}

test('a body that drips for ever ends at the request time-out, and the hit may be recorded', async () => {
  const timedOut = { kind: 'none', sent: true, code: 'timeout' };
  const answers = await answersOf((response) => {
    response.writeHead(200, { 'content-type': 'image/gif' });
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  });
  expect(answers).toEqual([timedOut, timedOut]);
});

test('a body in pieces is read to its end', async () => {
  const answers = await answersOf((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const piece of ['{"status":', '"success"', '}']) response.write(piece);
    response.end();
  });
  for (const answer of answers) {
    expect(answer).toMatchObject({ kind: 'http', status: 200, body: '{"status":"success"}' });
  }
});

test('a redirect is an answer like any other: nothing is sent to where it leads', async () => {
  const asked: (string | undefined)[] = [];
  const answers = await answersOf((response) => {
    asked.push(response.req.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  for (const answer of answers) expect(answer).toMatchObject({ kind: 'http', status: 307 });
  expect(asked.map((path) => path?.replace(/\?.*/, ''))).toEqual(['/matomo.php', '/matomo.php']);
});
