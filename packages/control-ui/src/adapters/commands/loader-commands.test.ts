import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { LoaderCommands } from './loader-commands.ts';

const odd = join(import.meta.dirname, '../../testing/odd-command.ts');
const loader = join(import.meta.dirname, '../../../../loader/src/main.ts');
const limits = { timeout_ms: 60_000, stdout_bytes: 1_000_000 };

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'commands-'));
  folder = join(home, 'commands');
});
afterEach(() => rm(home, { recursive: true }));

const open = (loader_entry = odd, environment: Record<string, string> = {}): LoaderCommands =>
  new LoaderCommands({ clock: systemClock, loader_entry, folder, environment });

it('hands the settings over in a file for its owner alone, and removes it', async () => {
  const commands = open(odd, { NODE_ENV: 'test' });
  const settings = { matomo_token_auth: 'a'.repeat(32), max_visits: 5 };
  const result = await commands.run(['tell', '4'], settings, limits);
  expect(result).toMatchObject({ exit_code: 4, stderr: '', cut: false, timed_out: false });
  const told = JSON.parse(result.stdout);
  expect(told).toMatchObject({ settings, modes: ['600', '700'] });
  expect(Object.keys(told.environment).sort()).toEqual(['NODE_ENV', 'SETTINGS_FILE']);
  expect(existsSync(dirname(told.environment.SETTINGS_FILE))).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

it('cuts a long output between characters, and keeps the last lines of the complaints', async () => {
  const result = await open().run(['flood', '1000000'], {}, { ...limits, stdout_bytes: 1_001 });
  expect(result).toMatchObject({ exit_code: 0, cut: true, timed_out: false });
  expect(result.stdout).toBe('ä'.repeat(500));
  expect(result.stderr.split('\n').at(-2)).toBe('complaint 1999');
  expect(result.stderr).toMatch(/^complaint /);
  expect(result.stderr.length).toBeLessThanOrEqual(8 * 1024);
});

it('ends what takes too long, if need be by force', async () => {
  const commands = open();
  const short = { ...limits, timeout_ms: 1_500 };
  const [hung, stubborn] = await Promise.all([
    commands.run(['hang'], {}, short),
    commands.run(['stubborn'], {}, short),
  ]);
  expect(hung).toMatchObject({ exit_code: 143, timed_out: true, stdout: 'begun\n' });
  expect(stubborn).toMatchObject({ exit_code: 137, timed_out: true, stdout: 'begun\n' });
  expect(await readdir(folder)).toEqual([]);
});

it('lets a bounded number wait, and ends all of them when it closes', async () => {
  const commands = open();
  const runs = Array.from({ length: 18 }, () => commands.run(['hang'], {}, limits));
  const refused = { code: 'commands_busy' };
  await expect(commands.run(['tell'], {}, limits)).rejects.toMatchObject(refused);
  const settled = Promise.allSettled(runs);
  await commands.close();
  const ends = (await settled).map((run) =>
    run.status === 'fulfilled' ? run.value.exit_code : run.reason.code,
  );
  expect(ends.filter((end) => end === 'commands_busy').length).toBeGreaterThanOrEqual(16);
  expect(ends.filter((end) => end !== 'commands_busy' && end !== 143)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('removes what a killed service left, and nothing else', async () => {
  for (const name of ['command-old', 'command-new', 'other']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await utimes(join(folder, 'command-old'), 1_000, 1_000);
  await utimes(join(folder, 'other'), 1_000, 1_000);
  await open().run(['tell'], {}, limits);
  expect((await readdir(folder)).sort()).toEqual(['command-new', 'other']);
});

it('says that it cannot be run', async () => {
  await writeFile(folder, '');
  const refused = { code: 'command_unstartable' };
  await expect(open().run(['tell'], {}, limits)).rejects.toMatchObject(refused);
});

it('runs the real commands', async () => {
  const matomo = await startFakeMatomo();
  const commands = open(loader);
  const settings = { matomo_url: matomo.tracker_url, seed: 7 };
  const [checked, planned] = await Promise.all([
    commands.run(['check', '--json'], settings, limits),
    commands.run(['plan', '--visits', '2', '--format', 'jsonl'], settings, limits),
  ]);
  await matomo.close();
  expect(checked.exit_code).toBe(0);
  expect(JSON.parse(checked.stdout.trim().split('\n').at(-1)!)).toMatchObject({ ok: true });
  expect(planned.exit_code).toBe(0);
  expect(JSON.parse(planned.stdout.split('\n')[0]!)).toBeTypeOf('object');
});
