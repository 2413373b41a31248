import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that is older than this was left by a service that was killed: no command takes so long. */
const stale_ms = 3_600_000;
const prefix = 'command-';

/** Writes settings for one command into a new folder (0700), as a file of mode 0600. */
export async function writeSettings(
  parent: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await mkdtemp(join(parent, prefix));
  const path = join(folder, 'settings.json');
  try {
    await writeFile(path, JSON.stringify(settings), { mode: 0o600, flag: 'wx' });
    return { folder, path };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the folder ready: removes what an earlier service left in it. */
export async function sweep(parent: string, now_ms: number): Promise<void> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(parent, name))) {
    const { mtimeMs } = await stat(folder);
    if (now_ms - mtimeMs > stale_ms) await rm(folder, { recursive: true, force: true });
  }
}
