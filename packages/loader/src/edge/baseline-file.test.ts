import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBaseline, writeBaseline } from './baseline-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'baseline-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const taken = {
  run_id: 'backfill-1',
  site_id: 1,
  timezone: 'CET',
  taken_at: '2026-03-01T00:00:00.000Z',
  first_day: '2026-02-01',
  last_day: '2026-02-03',
  days: { '2026-02-02': { visits: 4 } },
};

it('reads a baseline back for its own backfill alone', () => {
  const path = join(directory, 'new', 'baseline.json');
  writeBaseline(path, taken);
  expect(readBaseline(path, 'backfill-1')).toEqual(taken);
  expect(readBaseline(path, 'backfill-2')).toBeNull();
});

it.each(['', '{"run_id":', '{"run_id":"backfill-1"}'])('takes %j for none', (text) => {
  const path = join(directory, 'damaged.json');
  writeFileSync(path, text);
  expect(readBaseline(path, 'backfill-1')).toBeNull();
});

it('leaves nothing behind when it cannot be written', () => {
  const place = join(directory, 'held');
  const path = join(place, 'baseline.json');
  mkdirSync(path, { recursive: true });
  expect(() => writeBaseline(path, taken)).toThrow();
  expect(readdirSync(place)).toEqual(['baseline.json']);
});
