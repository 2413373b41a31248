import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoaderFile, loaderFiles } from '../../ports/files.ts';

/** A folder that is older than this was left by a service that was killed: no command takes so long. */
const stale_ms = 3_600_000;
const prefix = 'command-';

/** Writes settings for one command, and the files they name, into a new folder (0700), each of mode 0600. */
export async function writeSettings(
  parent: string,
  settings: Readonly<Record<string, unknown>>,
  files: Readonly<Partial<Record<LoaderFile, string>>> = {},
): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await mkdtemp(join(parent, prefix));
  const path = join(folder, 'settings.json');
  try {
    const named: Record<string, string> = {};
    for (const [setting, content] of Object.entries(files) as [LoaderFile, string][]) {
      named[setting] = join(folder, loaderFiles[setting]);
      await writeFile(named[setting], content, { mode: 0o600, flag: 'wx' });
    }
    await writeFile(path, JSON.stringify({ ...settings, ...named }), { mode: 0o600, flag: 'wx' });
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
