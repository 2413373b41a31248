import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import type { InstanceFiles } from '../../ports/files.ts';
import { StoreError } from '../../ports/store/kept.ts';
import { repairedFiles } from '../../services/fleet/repaired-files.ts';
import { dataFolder } from '../../testing/data-folder.ts';
import { LoaderFiles } from './loader-files.ts';

const mount = '/app/data';

function ground() {
  const shared = dataFolder();
  const files = new LoaderFiles(shared, mount);
  const wanted = (concurrency: number, urls?: string): InstanceFiles => ({
    settings: {
      concurrency,
      matomo_token_auth: 'secret-token',
      state_dir: files.stateDirFor('loader'),
      ...(urls !== undefined && { urls_file: files.pathFor('loader', 'urls_file') }),
    },
    files: urls === undefined ? {} : { urls_file: urls },
  });
  return { shared, folder: join(shared, 'loaders', 'loader'), files, wanted };
}

it('writes what a loader reads, for nobody else to read', async () => {
  const { folder, files, wanted } = ground();
  await files.write('loader', wanted(5, 'https://a.test.lan/\n'));
  expect(readdirSync(folder).toSorted()).toEqual(['settings.json', 'state', 'urls.txt']);
  for (const name of ['settings.json', 'urls.txt']) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const { settings, problems } = readSettings({
    environment: { SETTINGS_FILE: join(folder, 'settings.json') },
    readFile: (path) => readFileSync(path, 'utf8'),
    purpose: 'plan',
  });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(settings).toMatchObject({
    concurrency: 5,
    urls_file: '/app/data/loaders/loader/urls.txt',
    state_dir: '/app/data/loaders/loader/state',
  });
});

it('removes a file that is no longer part of it, and leaves what is not its own', async () => {
  const { folder, files, wanted } = ground();
  await files.write('loader', wanted(5, 'https://a.test.lan/\n'));
  writeFileSync(join(folder, 'state', 'live.sqlite'), 'state');
  await files.write('loader', wanted(6));
  expect(readdirSync(folder).toSorted()).toEqual(['settings.json', 'state']);
  expect(existsSync(join(folder, 'state', 'live.sqlite'))).toBe(true);
});

it('tells what differs, and the start mends it and says so', async () => {
  const { folder, files, wanted } = ground();
  const content = wanted(5, 'https://a.test.lan/\n');
  expect(await files.differences('loader', content)).toEqual(['urls.txt', 'settings.json']);
  await files.write('loader', content);
  expect(await files.differs('loader', content)).toBe(false);
  writeFileSync(join(folder, 'urls.txt'), 'https://b.test.lan/\n');
  writeFileSync(join(folder, 'events.json'), '{}');
  const all = new Map([['loader', content]]);
  expect(await repairedFiles(files, all)).toEqual([
    { id: 'loader', files: ['urls.txt', 'events.json'] },
  ]);
  expect(readFileSync(join(folder, 'urls.txt'), 'utf8')).toBe('https://a.test.lan/\n');
  expect(existsSync(join(folder, 'events.json'))).toBe(false);
  expect(await repairedFiles(files, all)).toEqual([]);
});

it('lets the last of many writes win as a whole', async () => {
  const { folder, files, wanted } = ground();
  const all = Array.from({ length: 20 }, (_, n) => wanted(n + 1, `https://${n + 1}.test.lan/\n`));
  await Promise.all(all.map((each) => files.write('loader', each)));
  expect(await files.differs('loader', all[19] as InstanceFiles)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
});

it('reads settings back with paths as they are here', async () => {
  const { shared, files, wanted } = ground();
  expect(await files.settingsOf('loader')).toBeNull();
  await files.write('loader', wanted(5, 'https://a.test.lan/\n'));
  expect(await files.settingsOf('loader')).toEqual({
    concurrency: 5,
    matomo_token_auth: 'secret-token',
    state_dir: join(shared, 'loaders/loader/state'),
    urls_file: join(shared, 'loaders/loader/urls.txt'),
  });
});

it('never writes or reads through a link', async () => {
  const { shared, folder, files, wanted } = ground();
  const elsewhere = dataFolder();
  writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
  await files.write('loader', wanted(5, 'https://a.test.lan/\n'));
  await files.remove('loader');
  mkdirSync(folder);
  symlinkSync(join(elsewhere, 'mine.txt'), join(folder, 'urls.txt'));
  symlinkSync(join(elsewhere, 'mine.txt'), join(folder, 'settings.json'));
  expect(await files.settingsOf('loader')).toBeNull();
  await files.write('loader', wanted(5, 'https://a.test.lan/\n'));
  expect(readFileSync(join(elsewhere, 'mine.txt'), 'utf8')).toBe('mine');
  await files.remove('loader');
  symlinkSync(elsewhere, folder);
  await expect(files.write('loader', wanted(5))).rejects.toBeInstanceOf(StoreError);
  await expect(files.signal('loader')).rejects.toBeInstanceOf(StoreError);
  await expect(files.settingsOf('loader')).rejects.toBeInstanceOf(StoreError);
  await files.remove('loader');
  expect(readdirSync(elsewhere)).toEqual(['mine.txt']);
  mkdirSync(folder);
  symlinkSync(elsewhere, join(folder, 'state'));
  await expect(files.write('loader', wanted(5))).rejects.toBeInstanceOf(StoreError);
  await expect(files.reports('loader')).rejects.toBeInstanceOf(StoreError);
  expect(existsSync(join(shared, 'loaders'))).toBe(true);
});

it('never makes a path of a text that is no id', () => {
  const { files, wanted } = ground();
  for (const id of ['..', 'a/b', '', 'A']) {
    expect(() => files.write(id, wanted(5))).toThrow(TypeError);
    expect(() => files.pathFor(id, 'urls_file')).toThrow(TypeError);
  }
});

it('signals a start, and reads the reports of a backfill, one for each target', async () => {
  const { folder, files, wanted } = ground();
  await files.write('loader', wanted(5));
  await files.signal('loader');
  expect(existsSync(join(folder, 'start.signal'))).toBe(true);
  expect(await files.reports('loader')).toEqual([]);
  writeFileSync(join(folder, 'state', 'backfill-0123456789ab.json'), '{"a": 1}');
  expect(await files.reports('loader')).toEqual([{ a: 1 }]);
  writeFileSync(join(folder, 'state', 'backfill-ba9876543210.json'), '{"a": 2}');
  expect(await files.reports('loader')).toEqual([{ a: 1 }, { a: 2 }]);
});

it('says whether the directory can be used', async () => {
  const { shared, files, wanted } = ground();
  expect(await files.check()).toMatchObject({ ok: true });
  const nowhere = new LoaderFiles(join(shared, 'none'), mount);
  expect(await nowhere.check()).toMatchObject({
    ok: false,
    reason: expect.stringContaining('ENOENT'),
  });
  writeFileSync(join(shared, 'file'), '');
  const blocked = new LoaderFiles(join(shared, 'file'), mount);
  await expect(blocked.write('loader', wanted(5))).rejects.toMatchObject({
    code: 'store_unusable',
  });
});
