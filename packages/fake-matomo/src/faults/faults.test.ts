import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { element, getHit, pageQuery, postBulk } from '../../test/client.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;

beforeAll(async () => {
  fake = await startFakeMatomo();
});
beforeEach(() => {
  fake.reset();
  fake.faults.clear();
});
afterAll(() => fake.close());

const actions = () => fake.store.visits(1).reduce((sum, visit) => sum + visit.actions.length, 0);
const undiciGet = () => request(`${fake.tracker_url}?${pageQuery()}`);

it('answers the next requests with a status, a body and Retry-After, then works again', async () => {
  fake.faults.set({
    answer: { status: 429, retry_after_seconds: 3, body: 'json', next: 2 },
  });
  const responses = [await getHit(fake), await getHit(fake), await getHit(fake)];
  expect(responses.map((response) => response.status)).toEqual([429, 429, 200]);
  expect(responses[0]?.headers.get('retry-after')).toBe('3');
  expect(responses[0]?.headers.get('content-type')).toContain('application/json');
  expect(actions()).toBe(1);
  expect(fake.stats().faults).toEqual({ answer: 2 });
});

it('strikes a share of the requests, the same ones for the same seed', async () => {
  const run = async (seed: number) => {
    fake.faults.set({ seed, answer: { status: 503, share: 0.5 } });
    const statuses: number[] = [];
    for (let index = 0; index < 40; index++) statuses.push((await getHit(fake)).status);
    return statuses;
  };
  const first = await run(7);
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await run(7)).toEqual(first);
  expect(await run(8)).not.toEqual(first);
});

it('resets the connection before the commit: nothing is recorded', async () => {
  fake.faults.set({ reset_before_commit: { next: 1 } });
  await expect(undiciGet()).rejects.toThrow();
  expect(actions()).toBe(0);
  expect((await undiciGet()).statusCode).toBe(200);
});

it('resets the connection after the commit: it is recorded all the same', async () => {
  fake.faults.set({ reset_after_commit: { next: 1 } });
  await expect(undiciGet()).rejects.toThrow();
  expect(actions()).toBe(1);
});

it.each([
  [false, 0],
  [true, 1],
])('never answers (commit: %s)', async (commit, recordedActions) => {
  fake.faults.set({ never_answer: { commit, next: 1 } });
  const given = new AbortController();
  const hit = request(`${fake.tracker_url}?${pageQuery()}`, { signal: given.signal });
  // The next request is answered, so the first one has been worked on and not answered.
  await expect.poll(() => fake.stats().requests).toBe(1);
  expect((await getHit(fake, { rec: '' })).status).toBe(200);
  expect(actions()).toBe(recordedActions);
  given.abort();
  await expect(hit).rejects.toThrow();
});

it('waits a seeded time', () => {
  fake.faults.set({ seed: 3, latency: { min_ms: 10, max_ms: 50 } });
  const times = Array.from({ length: 200 }, () => fake.faults.latency_ms());
  expect(Math.min(...times)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...times)).toBeLessThanOrEqual(50);
  expect(new Set(times).size).toBeGreaterThan(20);
  fake.faults.set({ seed: 3, latency: { min_ms: 10, max_ms: 50 } });
  expect(Array.from({ length: 200 }, () => fake.faults.latency_ms())).toEqual(times);
});

it('rolls a bulk request back', async () => {
  fake.faults.set({ rollback: { next: 1 } });
  const response = await postBulk(fake, [element(), element()]);
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ status: 'error', invalid: 0 });
  expect(actions()).toBe(0);
  expect((await postBulk(fake, [element()])).status).toBe(200);
});

it('makes a victim of an open bulk request that shares a visitor with another', async () => {
  fake.faults.set({ deadlock: { hold_ms: 600_000 } });
  const open = postBulk(fake, [element()]);
  await expect.poll(() => fake.stats().bulk_requests).toBe(1);
  const stranger = postBulk(fake, [element({ cid: 'bbbbbbbbbbbbbbbb' })]);
  await expect.poll(() => fake.stats().bulk_requests).toBe(2);
  const victim = await postBulk(fake, [element()]);
  expect(victim.status).toBe(500);
  expect(actions()).toBe(0);
  fake.faults.clear();
  expect([(await open).status, (await stranger).status]).toEqual([200, 200]);
  expect(actions()).toBe(2);
  expect((await postBulk(fake, [element()])).status).toBe(200);
});

it('queues bulk requests: a GIF at once, recorded later', async () => {
  fake.faults.set({ queue: { delay_ms: 600_000 } });
  const response = await postBulk(fake, [element(), element()]);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif']);
  expect(actions()).toBe(0);
  fake.faults.clear();
  await expect.poll(actions).toBe(2);
});

it('is switched off: 503, 204 with send_image=0, and 0/0 for bulk', async () => {
  fake.faults.set({ tracking_off: true });
  expect((await getHit(fake)).status).toBe(503);
  expect((await getHit(fake, { send_image: 0 })).status).toBe(204);
  const bulk = await postBulk(fake, [element()]);
  expect(await bulk.json()).toEqual({ status: 'success', tracked: 0, invalid: 0 });
  expect(actions()).toBe(0);
});

it('refuses what its clean-up would delete again', async () => {
  fake.faults.set({ retention_days: 180 });
  const daysAgo = (days: number) => Math.floor(Date.now() / 1000) - days * 86_400;
  const response = await postBulk(fake, [
    element({ cdt: daysAgo(181) }),
    element({ cdt: daysAgo(179) }),
  ]);
  expect(await response.json()).toMatchObject({ tracked: 1, invalid: 1, invalid_indices: [0] });
  expect(fake.stats().refused).toEqual({ too_old: 1 });
  expect(actions()).toBe(1);
});

it('answers with its debug log, and records all the same', async () => {
  fake.faults.set({ debug: true });
  for (const response of [await getHit(fake), await postBulk(fake, [element()])]) {
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('Debug enabled');
  }
  expect(actions()).toBe(2);
});
