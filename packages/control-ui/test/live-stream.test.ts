import { request } from 'node:http';
import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished, vi } from 'vitest';
import { revokeKey } from '../src/cli/keys.ts';
import { Client } from './client.ts';
import { EventStream } from './event-stream.ts';
import { servedInMemory } from './served-in-memory.ts';
import { ServiceProcess } from './service-process.ts';

/** A request that the service has taken on, and whose body it waits for. */
function begun(base: string, path: string, key: string) {
  return new Promise<{ finish(body: string): Promise<number | undefined> }>((resolve, reject) => {
    const asked = request(new URL(path, base), {
      method: 'POST',
      agent: false,
      headers: { 'x-api-key': key, 'content-type': 'application/json', expect: '100-continue' },
    });
    const answered = new Promise<number | undefined>((answer) =>
      asked.once('response', (response) => answer(response.resume().statusCode)),
    );
    asked.once('error', reject);
    asked.once('continue', () =>
      resolve({
        finish: (body) => {
          asked.end(body);
          return answered;
        },
      }),
    );
    asked.flushHeaders();
  });
}

async function running(): Promise<ServiceProcess> {
  const matomo = await startFakeMatomo();
  onTestFinished(() => matomo.close());
  const service = new ServiceProcess();
  await service.start();
  const config = {
    matomo_url: matomo.tracker_url,
    matomo_token_auth: DEMO_TOKEN,
    target_visits_per_day: 864_000,
  };
  const started = await service.ask('POST', '/api/start', { config });
  expect(started.status).toBe(200);
  return service;
}

it('gives a listener that comes back what it missed, once, also after the service was killed', async () => {
  const service = await running();
  const all = await EventStream.open(service.url, service.key);
  const status = await all.until(({ event }) => event === 'status');
  expect(JSON.parse(status.data)).toMatchObject({ state: 'running' });
  const before = all.events.at(-1)?.id ?? 0;
  all.leave();
  await service.ask('POST', '/api/stop?timeout=5');
  const back = await EventStream.open(service.url, service.key, { after: before });
  const anew = await EventStream.open(service.url, service.key, { after: before, by: 'query' });
  await back.until(({ event, data }) => event === 'status' && JSON.parse(data).state === 'idle');
  const ids = back.events.map(({ id }) => id);
  expect(ids.every((id) => id > before)).toBe(true);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  const seen = new Set(back.events.map(({ event }) => event));
  // The loader's last lines came while nobody listened.
  expect([...seen].toSorted()).toEqual(['log', 'run', 'status']);
  const last_missed = back.events.findLast(({ event }) => event === 'log')?.id;
  await anew.until(({ id }) => id === last_missed);
  const lines = (stream: EventStream) => stream.events.filter(({ event }) => event === 'log');
  expect(lines(anew).map(({ id }) => id)).toEqual(lines(back).map(({ id }) => id));

  const last = ids.at(-1) as number;
  await service.end('SIGKILL');
  expect(await back.ended).toBe('cut off');
  await service.start();
  const again = await EventStream.open(service.url, service.key, { after: last });
  const first = await again.until(({ event }) => event === 'status');
  expect(first.id).toBeGreaterThan(last);
});

it('ends streams and lets requests finish when it is told to stop, also with a client that hangs', async () => {
  const service = await running();
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => EventStream.open(service.url, service.key)),
  );
  const hanging = await EventStream.open(service.url, service.key);
  hanging.pause();
  await Promise.all(streams.map((stream) => stream.until(({ event }) => event === 'status')));
  const underWay = await begun(service.url, '/api/validate', service.key);
  const exit = service.end('SIGTERM');
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(streams.map(() => 'ended'));
  expect(await underWay.finish('{"config":{}}')).toBe(200);
  expect(await exit).toBe(0);
  await service.start();
  const after = await service.until('/api/status', ({ state }) => state === 'running');
  expect(after.loaders[0].process).toBe('running');
});

it('asks a loader once a round, whatever the number of listeners', async () => {
  const { url, key, services, asked } = await servedInMemory();
  await services.watch.look();
  expect(asked()).toBe(1);
  const streams = await Promise.all(Array.from({ length: 50 }, () => EventStream.open(url, key)));
  for (let round = 2; round <= 6; round++) {
    await services.watch.look();
    expect(asked()).toBe(round);
  }
  const ids = await Promise.all(
    streams.map(async (stream) => (await stream.until(({ event }) => event === 'status')).id),
  );
  // One text for all: the same event, not one made for each.
  expect(new Set(ids).size).toBeLessThan(6);
  const client = new Client(url, { headers: { 'x-api-key': key } });
  await Promise.all(Array.from({ length: 100 }, () => client.ask('GET', '/api/status')));
  expect(asked()).toBe(6);
});

it('cuts off a listener that takes nothing, and keeps no more for it than a bound', async () => {
  const { url, key, services } = await servedInMemory();
  const reads = await EventStream.open(url, key, { topics: 'log' });
  const hangs = await EventStream.open(url, key, { topics: 'log' });
  hangs.pause();
  const line = 'x'.repeat(10_000);
  // More than the buffers of the machine hold.
  for (let n = 0; n < 3_000; n++) {
    services.hub.publish('log', { n, line });
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await reads.until(({ data }) => data.includes('"n":2999'));
  expect(services.hub.listeners).toBe(2);
  await vi.waitFor(() => expect(services.hub.listeners).toBe(1), {
    timeout: 50_000,
    interval: 100,
  });
  services.hub.publish('log', { n: 'after' });
  await reads.until(({ data }) => data.includes('"n":"after"'));
});

it('ends the stream of a key that is revoked meanwhile', async () => {
  const { url, key, folder, services } = await servedInMemory();
  const stream = await EventStream.open(url, key);
  services.hub.publish('status', { state: 'idle' });
  await stream.until(({ event }) => event === 'status');
  revokeKey(folder, 'listens', () => {});
  expect(await stream.ended).toBe('ended');
  expect(services.hub.listeners).toBe(0);
  const { status } = await new Client(url).ask('GET', '/api/live', undefined, { 'x-api-key': key });
  expect(status).toBe(401);
});
