import { connect, type Socket } from 'node:net';
import { DEMO_TOKEN } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

const target = { matomo_url: 'https://matomo.example.org', matomo_token_auth: DEMO_TOKEN };
const deep = (levels: number, open = '[', close = ']'): string =>
  open.repeat(levels) + close.repeat(levels);

it('refuses bodies that are too large, too deep, poisoned or no JSON, and goes on', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url, { headers: { 'x-api-key': service.key } });
  const config = (text: string) => `{"config":{"custom_dimensions":${text}}}`;
  const cases: readonly [name: string, body: string, statuses: readonly number[]][] = [
    ['too large', JSON.stringify({ config: { urls: 'x'.repeat(600_000) } }), [413]],
    ['deep arrays', config(deep(200_000)), [400]],
    ['as deep as may be', config(deep(60)), [422]],
    ['deep objects', config(deep(60_000, '{"a":', '}').replace(':}', ':1}')), [400]],
    ['only brackets', '['.repeat(400_000), [400]],
    ['__proto__', '{"config":{"__proto__":{"admin":true}}}', [400]],
    ['constructor', '{"config":{"constructor":{"prototype":{"admin":true}}}}', [400]],
    ['escaped __proto__', '{"config":{"\\u005f_proto__":{"admin":true}}}', [400]],
    ['no JSON', '{"config":', [400]],
    ['no object', '[]', [422]],
    ['a number', '1e999', [422]],
    ['nothing', '', [400, 422]],
    ['unknown fields', '{"config":{},"admin":true}', [422]],
    ['many settings', `{"config":{${many(20_000)}}}`, [422]],
    ['a name as long as the body', `{"config":{"${'x'.repeat(300_000)}":1}}`, [422]],
  ];
  for (const path of ['/api/config/apply', '/api/start', '/api/validate', '/api/plan']) {
    for (const [name, body, statuses] of cases) {
      const { status, json } = await client.ask('POST', path, body, {
        'idempotency-key': `${path}-${name.replaceAll(' ', '-')}`,
      });
      // Judging is what validation is for; starting with nothing is allowed.
      const told = path === '/api/validate' && status === 200 ? json.valid === false : true;
      const fits = statuses.includes(status) || (status === 200 && told && path !== '/api/start');
      expect([path, name, status, fits], JSON.stringify(json).slice(0, 300)).toEqual([
        path,
        name,
        status,
        true,
      ]);
      expect(JSON.stringify(json).length).toBeLessThan(100_000);
    }
  }
  // Whoever leaves out everything may leave out the body.
  const none = await client.ask('POST', '/api/plan');
  expect(none.status, none.text).toBe(200);
  for (const type of ['text/plain', 'application/xml', 'application/json; charset=x; y', '']) {
    const { status } = await client.ask('POST', '/api/validate', '{}', { 'content-type': type });
    expect([type, [415, 422].includes(status)]).toEqual([type, true]);
  }
  expect(service.log).not.toMatch(/a request failed/);
  const saved = await client.ask('POST', '/api/config/apply', { config: target });
  expect(saved.status).toBe(200);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

const many = (count: number): string =>
  Array.from({ length: count }, (_, n) => `"setting_${n}":${n}`).join(',');

/** A connection that sends some bytes and resolves to what comes back until it is closed. */
function raw(
  url: string,
  text: string,
): { readonly socket: Socket; readonly answer: Promise<string> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
  });
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(answer));
    socket.on('error', () => {});
  });
  socket.write(text);
  return { socket, answer: closed };
}

it('lets go of connections that send half a request, huge headers or no HTTP', async () => {
  const service = new ServiceProcess();
  await service.start();
  const host = new URL(service.url).host;
  const half = `GET /api/status HTTP/1.1\r\nHost: ${host}\r\nX-Api-Key: ${service.key}\r\nX-A: `;
  const slow = Array.from({ length: 200 }, () => raw(service.url, half));
  const drip = setInterval(() => {
    for (const { socket } of slow) if (!socket.destroyed) socket.write('a');
  }, 500);
  onTestFinished(() => clearInterval(drip));

  const client = new Client(service.url, { headers: { 'x-api-key': service.key } });
  expect((await client.ask('GET', '/api/status')).status).toBe(200);
  const answers = await Promise.all([
    raw(service.url, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-A: ${'a'.repeat(70_000)}\r\n\r\n`)
      .answer,
    raw(service.url, 'SSH-2.0-nobody\r\n\r\n').answer,
    raw(service.url, `GET /health HTTP/1.1\r\nHost: ${host}\r\nContent-Length: x\r\n\r\n`).answer,
    raw(
      service.url,
      `POST /api/validate HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ).answer,
  ]);
  expect(answers.map((text) => text.split('\r\n', 1)[0])).toEqual([
    'HTTP/1.1 431 Request Header Fields Too Large',
    'HTTP/1.1 400 Bad Request',
    'HTTP/1.1 400 Bad Request',
    'HTTP/1.1 400 Bad Request',
  ]);
  for (const text of answers) {
    expect(text).toMatch(/^content-type: application\/problem\+json\r$/m);
    expect(text).toMatch(/^x-content-type-options: nosniff\r$/m);
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '').code).toBe('request_unreadable');
  }
  for (const told of await Promise.all(slow.map(({ answer }) => answer))) {
    expect(told.split('\r\n', 1)[0]).toBe('HTTP/1.1 408 Request Timeout');
  }
  expect((await client.ask('GET', '/api/status')).status).toBe(200);
});

it('counts requests by client and route, and says in headers what is left', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url, { headers: { 'x-api-key': service.key } });
  const first = await client.ask('GET', '/api/status');
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '600', 'ratelimit-remaining': '599' });
  expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(0);
  const answers = await Promise.all(
    Array.from({ length: 620 }, () => client.ask('GET', '/api/runs')),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(20);
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused[0]?.json.code).toBe('too_many_requests');
  // Reading a lot of one thing takes nothing from the rest, nor from others.
  const write = await client.ask('POST', '/api/validate', { config: {} });
  const read = await client.ask('GET', '/api/settings');
  const other = await new Client(service.url, { from: '127.6.0.1' }).ask(
    'GET',
    '/api/runs',
    undefined,
    { 'x-api-key': service.key },
  );
  expect([write.status, read.status, other.status]).toEqual([200, 200, 200]);
  expect(write.headers['ratelimit-limit']).toBe('120');
});
