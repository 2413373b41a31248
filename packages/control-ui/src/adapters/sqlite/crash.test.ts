import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dataFolder } from '../../testing/data-folder.ts';
import { openRooms } from './database.ts';

/** CRASHES=200 is the full form. */
const crashes = Number(process.env.CRASHES ?? 10);
const writer = fileURLToPath(new URL('../../testing/crash-writer.ts', import.meta.url));
const now = () => '2026-05-01T12:00:00.000Z';
const run_id = 'run-crash0000000';

/** Lets a service write from a number on and kills it after so many; returns the last that was acknowledged. */
async function killed(data_dir: string, first: number, after: number): Promise<number> {
  const child = spawn(process.execPath, [writer, data_dir, run_id, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > after) child.kill('SIGKILL');
  });
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
  return Number(told.split('\n').at(-2));
}

/** How often was written: the list of pages, the audit trail, the series. */
function writesIn({ documents, audit, runs }: ReturnType<typeof openRooms>): readonly number[] {
  const series = runs.series(run_id, 0, Number.MAX_SAFE_INTEGER, 1_000_000);
  return [
    documents.get('urls')?.version ?? 0,
    audit.list({ limit: 1, cursor: null }).total,
    series.reduce((sum, point) => sum + point.visits, 0),
  ];
}

it(
  `loses nothing that was acknowledged when it is killed ${crashes} times`,
  async () => {
    const folder = dataFolder();
    const open = () => openRooms({ data_dir: folder, secret_key: null, as: 'alone' }, now);
    const made = open();
    made.runs.begin({
      id: run_id,
      kind: 'live',
      name: null,
      instances: [],
      started_by: 'crash',
      started_at: now(),
      ended_at: null,
      end: null,
      reason: null,
      settings: {},
      preset: null,
      result: null,
    });
    made.upkeep.close();
    let first = 0;
    let before: readonly number[] = [0, 0, 0];
    for (let crash = 0; crash < crashes; crash++) {
      const last = await killed(folder, first, 1 + ((crash * 7) % 11));
      expect(last).toBeGreaterThanOrEqual(first);
      // Opening checks the whole file.
      const rooms = open();
      const told = last + 1;
      const { concurrency, matomo_token_auth } = rooms.settings.get().values;
      expect([told - 1, told]).toContain(concurrency);
      expect(matomo_token_auth).toBe(`token-${concurrency}`);
      const presets = rooms.presets.all();
      // What was under way may be kept as well: each write is whole or not there.
      expect([told, told + 1]).toContain(presets.length);
      for (const [n, { name, settings }] of presets.entries()) {
        expect([name, settings]).toEqual([`preset ${n}`, { matomo_token_auth: `token-${n}` }]);
      }
      const after = writesIn(rooms);
      for (const [at, count] of after.entries()) {
        const acknowledged = (before[at] ?? 0) + told - first;
        expect([acknowledged, acknowledged + 1]).toContain(count);
      }
      before = after;
      const [unfinished] = presets.slice(told);
      if (unfinished !== undefined) rooms.presets.remove(unfinished.id, null);
      rooms.upkeep.close();
      first = told;
    }
  },
  crashes * 30_000,
);
