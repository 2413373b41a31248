import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveJournal } from './journal.ts';
import type { LiveState } from './live-state.ts';
import { MemoryState } from './memory-state.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-state-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

const run = {
  run_id: 'a',
  seed: 2 ** 31 - 1,
  started_at_ms: 1_780_000_000_000,
  settings_digest: 'd',
};

/** What every live state does, wherever it keeps it. */
describe.each([
  ['in memory', () => new MemoryState()],
  ['in a file', () => new LiveJournal(join(directory, `${files++}.sqlite`))],
] satisfies [string, () => LiveState][])('a live state %s', (_, make) => {
  it('knows no run before the first', () => {
    const state = make();
    expect(state.latest()).toBeNull();
    expect(state.visitsOn('2026-06-10')).toBe(0);
    expect(() => state.reserve(0, '2026-06-10', 0)).toThrow('reserve() before begin()');
    expect(state.visitsOn('2026-06-10')).toBe(0);
    state.close();
  });

  it('remembers the run that began', () => {
    const state = make();
    state.begin(run);
    const begun = { ...run, next_index: 0, visits: 0, active_ms: 0, ended: null };
    expect(state.latest()).toEqual(begun);
    state.close();
  });

  it('counts visits by run and by day', () => {
    const state = make();
    state.begin(run);
    state.reserve(0, '2026-06-10', 10.5);
    state.reserve(4, '2026-06-10', 20);
    state.reserve(2, '2026-06-11', 30.25);
    expect(state.latest()).toMatchObject({ next_index: 5, visits: 3, active_ms: 30.25 });
    expect(['2026-06-09', '2026-06-10', '2026-06-11'].map((day) => state.visitsOn(day))).toEqual([
      0, 2, 1,
    ]);
    state.close();
  });

  it('moves forward only: a visit that arrived is never planned again', () => {
    const state = make();
    state.begin(run);
    state.save(100, 5);
    state.reserve(7, '2026-06-10', 6);
    state.save(50, 7);
    expect(state.latest()).toMatchObject({ next_index: 100, visits: 1, active_ms: 7 });
    state.close();
  });

  it('goes on with the latest run, or ends it', () => {
    const state = make();
    state.begin(run);
    state.resume('other');
    expect(state.latest()).toMatchObject({ settings_digest: 'other', ended: null });
    state.end('max_visits', 1_780_000_000_500);
    expect(state.latest()?.ended).toEqual({ at_ms: 1_780_000_000_500, reason: 'max_visits' });
    state.close();
  });

  it('begins each run anew, but not the day', () => {
    const state = make();
    state.begin(run);
    state.reserve(0, '2026-06-10', 10);
    state.end('signal', 1);
    state.begin({ ...run, run_id: 'b', seed: 0 });
    expect(state.latest()).toMatchObject({ run_id: 'b', seed: 0, visits: 0, ended: null });
    state.reserve(0, '2026-06-10', 1);
    expect(state.latest()).toMatchObject({ visits: 1, next_index: 1 });
    expect(state.visitsOn('2026-06-10')).toBe(2);
    state.close();
  });
});
