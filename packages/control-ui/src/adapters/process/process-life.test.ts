import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutOf } from '../../layout.ts';
import { ended, eventually, spec, written } from '../../testing/runner-ground.ts';
import { systemClock } from '../system-clock.ts';
import { lastRun, writeRun } from './instance-files.ts';
import { type ProcessOptions, ProcessRunner } from './process-runner.ts';
import { factsOf } from './process-table.ts';

const testing = join(import.meta.dirname, '../../testing');
const oddLoader = join(testing, 'odd-loader.ts');
const loader = join(import.meta.dirname, '../../../../loader/src/main.ts');

let shared_dir: string;
beforeAll(async () => {
  shared_dir = await mkdtemp(join(tmpdir(), 'process-life-'));
});
afterAll(() => rm(shared_dir, { recursive: true }));

const open = (options: Partial<ProcessOptions> = {}): ProcessRunner =>
  new ProcessRunner({
    clock: systemClock,
    control_id: 'mine',
    shared_dir,
    loader_entry: oddLoader,
    environment: {},
    ...options,
  });
const place = (runner: ProcessRunner) => ({
  clock: systemClock,
  runner: () => runner,
  engine: null,
  close: async () => {},
});
const folderOf = (id: string): string => layoutOf(shared_dir, id).process_folder;

/** Starts a service in a process of its own, and kills it as soon as its loader runs. */
async function killedService(...command: string[]): Promise<void> {
  const service = spawn(
    process.execPath,
    [join(testing, 'starting-service.ts'), shared_dir, oddLoader, ...command],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = await once(service.stdout, 'data');
  expect(String(said)).toMatch(/^process \d+\n$/);
  service.kill('SIGKILL');
  await once(service, 'exit');
}

it('keeps a loader running over a kill of the service, and its output and exit code', async () => {
  await killedService('serve');
  const runner = open();
  const found = await runner.find('orphan');
  expect(found).toMatchObject({ state: 'running', exit_code: null });
  await written(place(runner), runner, 'orphan');
  const stopped = await runner.stop('orphan', 10);
  expect(stopped).toMatchObject({ state: 'exited', exit_code: 0, started_at: found!.started_at });
  const lines = await runner.logs('orphan', { lines: 9, since: null });
  expect(lines.map(({ stream, text }) => `${stream} ${text}`).sort()).toEqual([
    'stderr ready',
    'stderr stopping',
    'stdout {"exit_code":0}',
  ]);
  await runner.remove('orphan', 0);
});

it('knows the exit code of a loader that ended while no service ran', async () => {
  await killedService('exit', '9');
  const runner = open();
  expect(await ended(place(runner), runner, 'orphan')).toMatchObject({ exit_code: 9 });
  await runner.remove('orphan', 0);
});

it('leaves no process behind', async () => {
  const runner = open();
  await runner.create(spec('tidy'));
  await runner.start('tidy');
  const { record } = (await lastRun(folderOf('tidy')))!;
  const pids = [record.supervisor.pid, record.loader!.pid];
  expect(pids.map((pid) => factsOf(pid) !== null)).toEqual([true, true]);
  await runner.remove('tidy', 5);
  await eventually(systemClock, 'both processes are gone', async () =>
    pids.every((pid) => factsOf(pid) === null) ? true : null,
  );
});

it('takes a process with the number of an earlier one neither for its own nor ends it', async () => {
  const runner = open();
  await runner.create(spec('recycled', 'exit', '0'));
  await runner.start('recycled');
  await ended(place(runner), runner, 'recycled');
  // As after a crash of the machine: the end was never noted, and the number is this process's now.
  const run = (await lastRun(folderOf('recycled')))!;
  const stranger = { pid: process.pid, began: 'another time' };
  const record = { ...run.record, supervisor: stranger, loader: stranger };
  await writeRun(folderOf('recycled'), {
    ...run,
    record: { ...record, finished_at: null, exit_code: null },
  });
  const found = await runner.find('recycled');
  expect(found).toMatchObject({ state: 'exited', exit_code: null });
  expect(found!.finished_at).not.toBeNull();
  expect(await runner.stop('recycled', 0)).toEqual(found);
  await runner.remove('recycled', 0);
});

it('still stops a loader whose supervisor was killed', async () => {
  const runner = open();
  await runner.create(spec('bereft', 'stubborn'));
  await runner.start('bereft');
  await written(place(runner), runner, 'bereft');
  const { record } = (await lastRun(folderOf('bereft')))!;
  process.kill(record.supervisor.pid, 'SIGKILL');
  await eventually(systemClock, 'the supervisor is gone', async () =>
    factsOf(record.supervisor.pid) === null ? true : null,
  );
  expect(await runner.find('bereft')).toMatchObject({ state: 'running' });
  expect(await runner.stop('bereft', 0)).toMatchObject({ state: 'exited', exit_code: null });
  expect(factsOf(record.loader!.pid)).toBeNull();
  await runner.remove('bereft', 0);
});

it('gives the loader the environment that it was told, and the path of its settings', async () => {
  const runner = open({ environment: { NODE_ENV: 'production' } });
  await runner.create(spec('environment'));
  await runner.start('environment');
  const url = (await runner.statusUrl('environment'))!;
  const answer = await eventually(systemClock, 'it answers', () => fetch(url).catch(() => null));
  expect(await answer.json()).toEqual({
    NODE_ENV: 'production',
    SETTINGS_FILE: layoutOf(shared_dir, 'environment').settings_file,
  });
  await runner.remove('environment', 0);
});

it('keeps bounded output that only its owner can read, and follows it from file to file', async () => {
  const runner = open({ log_bytes: 2_000 });
  await runner.create(spec('bounded', 'count', '500'));
  const ending = new AbortController();
  const followed: string[] = [];
  const following = (async () => {
    for await (const { text } of runner.follow('bounded', null, ending.signal)) followed.push(text);
  })();
  await runner.start('bounded');
  await eventually(systemClock, 'the last line is there', async () =>
    followed.includes('line 500') ? true : null,
  );
  ending.abort();
  await following;
  const kept = await runner.logs('bounded', { lines: 1_000, since: null });
  expect(kept.at(-1)!.text).toBe('line 500');
  expect(kept.length).toBeLessThan(120);
  const names = await readdir(folderOf('bounded'));
  for (const name of names) {
    const { mode, size } = await stat(join(folderOf('bounded'), name));
    expect([name, mode & 0o777]).toEqual([name, 0o600]);
    if (name.startsWith('output')) expect(size).toBeLessThanOrEqual(2_000);
  }
  expect(names.filter((name) => name.startsWith('output'))).toHaveLength(2);
  await runner.remove('bounded', 0);
});

it('does not take the place of what another service made', async () => {
  const other = open({ control_id: 'other' });
  await other.create(spec('taken'));
  await expect(open().create(spec('taken'))).rejects.toMatchObject({ code: 'instance_foreign' });
  await other.remove('taken', 0);
});

it('says what is wrong with the disk, or the program', async () => {
  const file = join(shared_dir, 'a-file');
  await writeFile(file, '');
  const nowhere = open({ shared_dir: file });
  expect(await nowhere.check()).toMatchObject({ ok: false });
  const unreachable = { code: 'engine_unreachable' };
  await expect(nowhere.create(spec('any'))).rejects.toMatchObject(unreachable);
  const broken = open({ supervisor_entry: join(shared_dir, 'nothing.mjs') });
  await broken.create(spec('broken'));
  await expect(broken.start('broken')).rejects.toMatchObject({ code: 'engine_refused' });
  expect(await broken.find('broken')).toMatchObject({ state: 'created' });
  await broken.remove('broken', 0);
});

it('runs the real loader against a Matomo, with settings from its file', async () => {
  const matomo = await startFakeMatomo();
  const runner = open({ loader_entry: loader });
  const layout = layoutOf(shared_dir, 'real');
  await mkdir(layout.folder, { recursive: true });
  const settings = {
    matomo_url: matomo.tracker_url,
    max_visits: 3,
    target_visits_per_day: 1_000_000,
    visit_duration_min: 0,
    visit_duration_max: 0,
    pause_between_pvs_min: 0,
    pause_between_pvs_max: 0,
    state_dir: layout.state_dir,
  };
  await writeFile(layout.settings_file, JSON.stringify(settings), { mode: 0o600 });
  await runner.create(spec('real', 'run', '--json'));
  await runner.start('real');
  expect(await ended(place(runner), runner, 'real')).toMatchObject({ exit_code: 0 });
  const lines = await runner.logs('real', { lines: 1_000, since: null });
  const summary = JSON.parse(lines.findLast(({ stream }) => stream === 'stdout')!.text);
  expect(summary).toMatchObject({ exit_code: 0, visits: { planned: 3, delivered: 3 } });
  expect(matomo.store.visits(1)).toHaveLength(3);
  for (const { text } of lines.filter(({ stream }) => stream === 'stderr')) {
    expect(JSON.parse(text)).toHaveProperty('time');
  }
  expect(await readFile(layout.settings_file, 'utf8')).toBe(JSON.stringify(settings));
  await runner.remove('real', 0);
  await matomo.close();
});
