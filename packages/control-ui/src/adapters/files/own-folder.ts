import { constants } from 'node:fs';
import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../../ports/store/kept.ts';
import { codeOf } from '../process/whole-file.ts';

/** The disk's refusal as a StoreError. */
export async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StoreError || typeof (error as { code?: unknown }).code !== 'string') {
      throw error;
    }
    throw new StoreError(
      'store_unusable',
      `The directory that loaders read cannot be used (${codeOf(error)}).`,
    );
  }
}

/** Makes a folder (0700) in one that is there. Loaders write here too: a link in its place is refused. */
export async function ownFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  await refuseLink(path);
}

/** @throws StoreError when there is something else than a folder; a folder that is missing is none. */
export async function refuseLink(path: string): Promise<void> {
  try {
    if ((await lstat(path)).isDirectory()) return;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  throw new StoreError('store_unusable', `${path} is a link or a file, and should be a folder.`);
}

const largest_bytes = 64 * 1024 * 1024;

/** The text of a file in a folder of ours; null: there is none, or it is a link or too large to be ours. */
export async function ownText(path: string): Promise<string | null> {
  await refuseLink(dirname(path));
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const about = await file.stat();
      if (!about.isFile() || about.size > largest_bytes) return null;
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(codeOf(error))) return null;
    throw error;
  }
}
