import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dataFolder } from '../../testing/data-folder.ts';
import { roomsIn } from '../../testing/open-rooms.ts';

const writer = fileURLToPath(new URL('../../testing/full-disk-writer.ts', import.meta.url));

it('refuses a write when the disk is full, keeps what it had, and goes on when there is room', async () => {
  const folder = dataFolder();
  // No file of this process may grow beyond 1,000 blocks of 512 bytes (1 KiB in some shells).
  const child = spawn(
    '/bin/sh',
    ['-c', 'ulimit -f 1000; exec "$0" "$1" "$2"', process.execPath, writer, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  const { acknowledged, code, name, message, version } = JSON.parse(told);
  expect([name, code, version]).toEqual(['StoreError', 'store_unusable', acknowledged]);
  expect(acknowledged).toBeGreaterThan(1);
  expect(message).toContain('cannot be written');
  const { documents } = roomsIn(folder);
  expect(documents.get('urls')?.content).toMatch(new RegExp(`^${acknowledged} x`));
  expect(documents.put('urls', 'more', null).version).toBe(acknowledged + 1);
});
