import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { getHit } from '../../test/client.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;
const faultsUrl = () => `${fake.url}/__stand-in/faults`;

beforeAll(async () => {
  fake = await startFakeMatomo();
});
beforeEach(() => {
  fake.reset();
  fake.faults.clear();
});
afterAll(() => fake.close());

it('sets, shows and clears faults over HTTP', async () => {
  const body = JSON.stringify({ answer: { status: 500 } });
  expect((await fetch(faultsUrl(), { method: 'PUT', body })).status).toBe(200);
  expect((await getHit(fake)).status).toBe(500);
  const shown = await (await fetch(faultsUrl())).json();
  expect(shown).toMatchObject({ answer: { status: 500, share: 1, next: null } });
  await fetch(faultsUrl(), { method: 'DELETE' });
  expect((await getHit(fake)).status).toBe(200);
});

it.each([
  '{',
  '{"anwser":{"status":500}}',
  '{"answer":{"status":7}}',
  '{"latency":{"min_ms":9,"max_ms":1}}',
])('refuses %s and keeps the faults it has', async (body) => {
  fake.faults.set({ tracking_off: true });
  expect((await fetch(faultsUrl(), { method: 'PUT', body })).status).toBe(400);
  expect(fake.faults.settings.tracking_off).toBe(true);
});

it('counts, and forgets on reset', async () => {
  await getHit(fake);
  await getHit(fake, { idsite: 999 });
  await getHit(fake, { rec: '' });
  const statsUrl = `${fake.url}/__stand-in/stats`;
  expect(await (await fetch(statsUrl)).json()).toMatchObject({
    requests: 3,
    hits_seen: 3,
    hits_recorded: 1,
    excluded: { rec_missing: 1 },
    refused: { unknown_site: 1 },
  });
  expect((await fetch(`${fake.url}/__stand-in/reset`)).status).toBe(405);
  await fetch(`${fake.url}/__stand-in/reset`, { method: 'POST' });
  expect(await (await fetch(statsUrl)).json()).toMatchObject({ hits_seen: 0, refused: {} });
  expect(fake.store.visits(1)).toEqual([]);
});

it('says everywhere that it is a stand-in', async () => {
  for (const path of ['/', '/healthz', '/nowhere', '/index.php', '/matomo.php']) {
    const response = await fetch(`${fake.url}${path}`);
    expect(response.headers.get('x-trafficinator-stand-in')).toBe('1');
  }
  expect(await (await fetch(fake.url)).text()).toContain('This is a stand-in, not Matomo');
  expect((await fetch(`${fake.url}/healthz`)).status).toBe(200);
});
