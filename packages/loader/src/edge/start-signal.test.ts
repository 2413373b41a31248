import { getEventListeners } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { Failure } from './failure.ts';
import { waitForStart } from './start-signal.ts';

const directory = mkdtempSync(join(tmpdir(), 'signal-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the wait for the start signal', () => {
  it('ends when the file appears, and removes it', async () => {
    const clock = new VirtualClock();
    const path = join(directory, 'start');
    const started = waitForStart(clock, path, 2_000, new AbortController().signal);
    await clock.advance(10_000);
    writeFileSync(path, '');
    await clock.advance(1_999);
    expect(existsSync(path)).toBe(true);
    await clock.advance(1);
    expect(existsSync(path)).toBe(false);
    expect(await started).toBe(true);
  });

  it('does not begin when the file is there already', async () => {
    const path = join(directory, 'early');
    writeFileSync(path, '');
    const signal = new AbortController().signal;
    expect(await waitForStart(new VirtualClock(), path, 2_000, signal)).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('ends at once when it is stopped, and leaves nothing behind', async () => {
    const clock = new VirtualClock();
    const stop = new AbortController();
    const started = waitForStart(clock, join(directory, 'never'), 1_000, stop.signal);
    for (let n = 0; n < 100; n++) {
      await clock.advance(1_000);
      expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    }
    stop.abort();
    expect(await started).toBe(false);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
    expect(await waitForStart(clock, directory, 1_000, stop.signal)).toBe(false);
  });

  it('fails when the file cannot be removed: the next start would not wait', async () => {
    const path = join(directory, 'a-directory');
    mkdirSync(path);
    const started = waitForStart(new VirtualClock(), path, 2_000, new AbortController().signal);
    const failure = await started.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).problems[0]).toMatchObject({
      code: 'start_signal_unusable',
      fields: ['start_signal_file'],
      value: path,
    });
    expect((failure as Failure).exitCode).toBe(2);
  });
});
