import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { namedStandIn } from './named-stand-in.ts';
import { OwnStandIn } from './own-stand-in.ts';

const program = fileURLToPath(new URL('../../../../fake-matomo/src/main.ts', import.meta.url));

async function addressFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'address');
}

it('is a process that is started once, knows its own address, and ends with close', async () => {
  const file = await addressFile();
  const standIn = new OwnStandIn(['/nowhere/fake-matomo.mjs', program], file);
  onTestFinished(() => standIn.close());
  expect(await standIn.offered()).toBe(true);
  expect(standIn.owns('http://127.0.0.1:8080/matomo.php')).toBe(false);
  const [url, again] = await Promise.all([standIn.open(), standIn.open()]);
  expect(again).toBe(url);
  expect(standIn.owns(url)).toBe(true);
  expect(standIn.owns('http://127.0.0.1:9/matomo.php')).toBe(false);
  expect(standIn.owns('nonsense')).toBe(false);

  // Seen from elsewhere it is one that runs beside the service.
  const named = namedStandIn(url);
  expect(await named.offered()).toBe(true);
  expect(await named.open()).toBe(url);
  standIn.close();
  await expect.poll(() => named.offered()).toBe(false);
  await expect(named.open()).rejects.toThrow('does not answer');
  await expect.poll(() => standIn.owns(url)).toBe(false);

  // A later life of the service knows it again, and takes no other server for it.
  const later = new OwnStandIn([program], file);
  expect(await later.ownedBefore(url)).toBe(true);
  expect(await later.ownedBefore('http://127.0.0.1:9/matomo.php')).toBe(false);
});

it('is not offered where its program is missing', async () => {
  const standIn = new OwnStandIn(['/nowhere/fake-matomo.mjs'], await addressFile());
  expect(await standIn.offered()).toBe(false);
  await expect(standIn.open()).rejects.toThrow('program is missing');
});
