import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import { StoreError } from '../../ports/store/kept.ts';
import { OpeningError } from '../../ports/store/opening.ts';
import { dataFolder } from '../../testing/data-folder.ts';
import { systemClock } from '../system-clock.ts';
import { openStore } from './store.ts';

const options = (data_dir: string) => ({
  data_dir,
  secret_key: 'ab'.repeat(32),
  as: 'alone' as const,
});
const start = (workerData: unknown) =>
  new Worker(new URL('./worker.ts', import.meta.url), { workerData });

async function opened(data_dir: string, starter = start, clock: Clock = systemClock) {
  const store = await openStore(options(data_dir), clock, starter);
  onTestFinished(() => store.close());
  return store;
}
const values = { concurrency: 5 };

it('does through its thread what its rooms do, errors and all', async () => {
  const store = await opened(dataFolder());
  expect(await store.check()).toEqual({ ok: true, reason: 'The database answers.' });
  expect(await store.settings.put(values, null, null)).toMatchObject({ values, version: 2 });
  await expect(store.settings.put(values, null, 1)).rejects.toMatchObject({
    code: 'edited_meanwhile',
    message: expect.stringContaining('version 2'),
  });
  await expect(store.settings.put(values, null, 1)).rejects.toBeInstanceOf(StoreError);
  expect(await store.documents.get('urls')).toBeNull();
});

it('refuses a second service on one data directory, and lets one in that comes after', async () => {
  const folder = dataFolder();
  const first = await opened(folder);
  const second = openStore(options(folder), systemClock);
  await expect(second).rejects.toMatchObject({ code: 'data_in_use' });
  await expect(second).rejects.toBeInstanceOf(OpeningError);
  await first.settings.put(values, null, null);
  await first.close();
  await expect(first.settings.get()).rejects.toMatchObject({ code: 'store_unusable' });
  const third = await opened(folder);
  expect((await third.settings.get()).values).toEqual(values);
});

it('starts another thread when one has died; what was not answered is rejected', async () => {
  const threads: Worker[] = [];
  const folder = dataFolder();
  const store = await opened(folder, (data) => {
    threads.push(start(data));
    return threads.at(-1) as Worker;
  });
  await store.settings.put(values, null, null);
  // It is stopped before it can hear the question, and nobody has been told yet.
  const stopped = threads[0]?.terminate();
  await expect(store.settings.get()).rejects.toMatchObject({ code: 'store_unusable' });
  await stopped;
  expect((await store.settings.get()).values).toEqual(values);
  expect(threads).toHaveLength(2);
});

it('tells after the start that the data cannot be opened any more, and goes on when it can', async () => {
  const threads: Worker[] = [];
  const folder = dataFolder();
  let ordered = folder;
  const store = await opened(folder, (data) => {
    threads.push(start({ ...(data as object), data_dir: ordered }));
    return threads.at(-1) as Worker;
  });
  ordered = join(folder, 'control.sqlite');
  await threads[0]?.terminate();
  await expect(store.settings.get()).rejects.toMatchObject({ code: 'store_unusable' });
  expect((await store.check()).ok).toBe(false);
  ordered = folder;
  expect(await store.check()).toMatchObject({ ok: true });
});

/** A clock that stands still until it is told. */
function handClock() {
  const waiting = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    after: (_ms, call) => {
      waiting.add(call);
      return () => waiting.delete(call);
    },
  };
  return { clock, pass: () => [...waiting].map((call) => call()), waiting };
}

/** A thread that answers its first request, as at the start, and no other. */
const stuck = () =>
  new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.once('message', ({ id }) => {
       parentPort.postMessage({ kind: 'done', id });
       parentPort.on('message', () => {});
     });`,
    { eval: true },
  );

it('answers a check within its time while the disk does not', async () => {
  const { clock, pass, waiting } = handClock();
  const store = await openStore(options(dataFolder()), clock, stuck);
  const checks = [store.check(), store.check()];
  expect(waiting.size).toBe(2);
  pass();
  for (const check of checks) {
    expect(await check).toEqual({ ok: false, reason: expect.stringContaining('has not answered') });
  }
});

it('refuses what would wait too long instead of gathering it', async () => {
  const store = await openStore(options(dataFolder()), systemClock, stuck);
  const asked = Array.from({ length: 1_001 }, () => store.settings.get().catch((e: Error) => e));
  expect(await asked[1_000]).toMatchObject({
    code: 'store_unusable',
    message: expect.stringContaining('does not keep up'),
  });
});

it('writes a backup that opens as a store, and never over a file', async () => {
  const folder = dataFolder();
  const store = await opened(folder);
  await store.settings.put({ ...values, matomo_token_auth: 'secret-token' }, null, null);
  const copy = dataFolder();
  const path = join(copy, 'control.sqlite');
  await store.backup(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(copy)).toEqual(['control.sqlite']);
  await expect(store.backup(path)).rejects.toMatchObject({
    message: expect.stringContaining('already'),
  });
  const nowhere = join(copy, 'none', 'b.sqlite');
  await expect(store.backup(nowhere)).rejects.toBeInstanceOf(StoreError);
  writeFileSync(join(copy, 'kept.txt'), 'mine');
  await expect(store.backup(join(copy, 'kept.txt'))).rejects.toBeInstanceOf(StoreError);
  expect(existsSync(join(copy, 'kept.txt.part'))).toBe(false);
  const restored = await opened(copy);
  expect((await restored.settings.get()).values).toEqual({
    ...values,
    matomo_token_auth: 'secret-token',
  });
});
