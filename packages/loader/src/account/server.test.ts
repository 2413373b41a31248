import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { defaultSettings, statusSnapshot } from '@trafficinator/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { Books } from './books.ts';
import { type StatusServer, startStatusServer } from './server.ts';
import { statusOf } from './status.ts';
import type { StatusSources } from './status-routes.ts';

const status = () =>
  statusOf(
    {
      books: new Books(),
      breaker: { state: 'closed' },
      inFlight: 2,
      waiting: 1,
      resumes_ms: null,
      volume: { visits_per_day: 20_000, max_visits_per_day: 0, max_visits: 0 },
      achievedPerDay: 1234.5,
      numbers: [],
      today: () => ({ date: '2026-05-01', visits: 7 }),
    },
    {
      run_id: 'live-1',
      version: '1.2.3',
      settings: { ...defaultSettings, matomo_token_auth: 'a-secret-token' },
      changed: ['matomo_token_auth'],
      state: 'running',
      state_since_ms: Date.UTC(2026, 4, 1),
      reason: null,
      uptime_ms: 5_000,
      hits_per_second: 3.25,
    },
  );

const open: StatusServer[] = [];
async function serve(parts: Partial<StatusSources> = {}) {
  const server = await startStatusServer({
    host: '127.0.0.1',
    port: 0,
    status,
    metrics: async () => ({ content_type: 'text/plain; version=0.0.4', body: 'a 1\n' }),
    live: () => ({ ok: true, reason: 'running' }),
    ready: () => ({ ok: true, reason: 'running' }),
    ...parts,
  });
  open.push(server);
  return { server, url: `http://127.0.0.1:${server.port}` };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Sends bytes as they are and reads until the other side closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let received = '';
  for await (const chunk of socket) received += chunk;
  return received;
}

describe('the status server', () => {
  it('answers /status with a snapshot that keeps the contract and shows no token', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/status?at=once`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(statusSnapshot.parse(JSON.parse(text))).toEqual(status());
    expect(text).not.toContain('a-secret-token');
  });

  it('passes the metrics on as they are', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('a 1\n');
  });

  it.each(['healthz', 'readyz'])('tells at /%s whether all is well, and why not', async (path) => {
    const well = await serve();
    const yes = await fetch(`${well.url}/${path}`);
    expect([yes.status, await yes.json()]).toEqual([200, { status: 'ok', reason: 'running' }]);
    const sick = await serve({
      [path === 'healthz' ? 'live' : 'ready']: () => ({ ok: false, reason: 'stalled' }),
    });
    const no = await fetch(`${sick.url}/${path}`);
    expect([no.status, await no.json()]).toEqual([
      503,
      { status: 'unavailable', reason: 'stalled' },
    ]);
    const other = await fetch(`${sick.url}/${path === 'healthz' ? 'readyz' : 'healthz'}`);
    expect(other.status).toBe(200);
  });

  it('lists its paths at /, and every one of them exists', async () => {
    const { url } = await serve();
    const list = await (await fetch(url)).text();
    const paths = [...list.matchAll(/^\/\w+/gm)].map(([path]) => path);
    expect(paths).toHaveLength(4);
    for (const path of paths) expect((await fetch(url + path)).status).toBe(200);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const { server, url } = await serve();
    const length = (await (await fetch(`${url}/status`)).arrayBuffer()).byteLength;
    const answer = await raw(
      server.port,
      'HEAD /status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(answer).toContain(`Content-Length: ${length}`);
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  it('refuses other methods, unknown paths and bodies with problem details', async () => {
    const { server, url } = await serve();
    const post = await fetch(`${url}/status`, { method: 'POST', body: 'x' });
    expect(post.status).toBe(405);
    expect(post.headers.get('allow')).toBe('GET, HEAD');
    expect(post.headers.get('content-type')).toBe('application/problem+json');
    expect(await post.json()).toMatchObject({ status: 405, title: 'Method Not Allowed' });
    const lost = await fetch(`${url}/status/`);
    expect([lost.status, await lost.json()]).toMatchObject([404, { type: 'about:blank' }]);
    const body = 'GET /status HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx';
    expect(await raw(server.port, body)).toMatch(/^HTTP\/1.1 413 /);
  });

  it('limits the size of headers and refuses what is no HTTP', async () => {
    const { server } = await serve();
    const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(9_000)}\r\n\r\n`;
    expect(await raw(server.port, long)).toMatch(/^HTTP\/1.1 431 Request Header/);
    expect(await raw(server.port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*"status":400/);
  });

  it('turns a source that fails into a 500 and lives on', async () => {
    const { url } = await serve({
      status: () => {
        throw new Error('no books');
      },
      metrics: async () => Promise.reject(new Error('no metrics')),
    });
    const answer = await fetch(`${url}/status`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('no books') });
    expect((await fetch(`${url}/metrics`)).status).toBe(500);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('rejects with EADDRINUSE when the port is taken', async () => {
    const { server } = await serve();
    const parts = { status, metrics: async () => ({ content_type: '', body: '' }) };
    const fine = () => ({ ok: true, reason: '' });
    await expect(
      startStatusServer({
        ...parts,
        host: '127.0.0.1',
        port: server.port,
        live: fine,
        ready: fine,
      }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('closing', () => {
  it('cuts idle connections, those that never spoke too', async () => {
    const { server } = await serve();
    const silent = connect(server.port, '127.0.0.1');
    await once(silent, 'connect');
    const kept = connect(server.port, '127.0.0.1');
    kept.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(kept, 'data');
    const gone = [once(silent, 'close'), once(kept, 'close')];
    silent.resume();
    kept.resume();
    await server.close();
    await Promise.all(gone);
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  });

  it('lets a running request end first', async () => {
    const asked = Promise.withResolvers<void>();
    const metrics = Promise.withResolvers<{ content_type: string; body: string }>();
    const { server } = await serve({
      metrics: () => {
        asked.resolve();
        return metrics.promise;
      },
    });
    const answered = new Promise<string>((resolve, reject) => {
      const request = httpRequest({ port: server.port, path: '/metrics' }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(text);
      });
      request.on('error', reject);
      request.end();
    });
    await asked.promise;
    const closed = server.close();
    metrics.resolve({ content_type: 'text/plain', body: 'late 1\n' });
    await closed;
    expect(await answered).toBe('late 1\n');
  });
});
