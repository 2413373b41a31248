import { constants } from 'node:fs';
import { access, readdir, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Setting, type SettingName, settingList } from '@trafficinator/contract';
import { z } from 'zod';
import { type InstanceLayout, layoutOf } from '../../layout.ts';
import { type Files, type InstanceFiles, type LoaderFile, loaderFiles } from '../../ports/files.ts';
import { codeOf, replaceFile } from '../process/whole-file.ts';
import { Turns } from '../turns.ts';
import { onDisk, ownFolder, ownText, refuseLink } from './own-folder.ts';

const names = Object.entries(loaderFiles) as [LoaderFile, string][];
const record = z.record(z.string(), z.unknown());

/** Room for a run's state, and then some. */
const least_bytes = 16 * 1024 * 1024;

/** The files of loaders below a shared directory, which loaders may see at another path (`mount_dir`). */
export class LoaderFiles implements Files {
  readonly #shared_dir: string;
  readonly #mount_dir: string;
  /** Writes for one instance follow each other: the last one wins as a whole. */
  readonly #turns = new Turns();

  constructor(shared_dir: string, mount_dir: string) {
    this.#shared_dir = shared_dir;
    this.#mount_dir = mount_dir;
  }

  write(id: string, files: InstanceFiles): Promise<void> {
    const { folder, state_dir } = this.#layout(id);
    return this.#turn(id, async () => {
      for (const path of [dirname(folder), folder, state_dir]) await ownFolder(path);
      const wanted = contentsOf(files);
      for (const [, name] of names) {
        if (!wanted.has(name)) await rm(join(folder, name), { force: true });
      }
      // The settings name the other files, so they come last.
      for (const [name, text] of wanted) await replaceFile(join(folder, name), text);
    });
  }

  async differs(id: string, files: InstanceFiles): Promise<boolean> {
    return (await this.differences(id, files)).length > 0;
  }

  differences(id: string, files: InstanceFiles): Promise<readonly string[]> {
    const { folder, settings_file } = this.#layout(id);
    return this.#turn(id, async () => {
      const wanted = contentsOf(files);
      const known = [...names.map(([, name]) => name), basename(settings_file)];
      const found: string[] = [];
      for (const name of known) {
        const text = await ownText(join(folder, name));
        if (text !== (wanted.get(name) ?? null)) found.push(name);
      }
      return found;
    });
  }

  pathFor(id: string, file: LoaderFile): string {
    return join(layoutOf(this.#mount_dir, id).folder, loaderFiles[file]);
  }

  stateDirFor(id: string): string {
    return layoutOf(this.#mount_dir, id).state_dir;
  }

  settingsOf(id: string): Promise<Readonly<Record<string, unknown>> | null> {
    const { folder, settings_file } = this.#layout(id);
    const mounted = `${layoutOf(this.#mount_dir, id).folder}/`;
    return onDisk(async () => {
      const read = parsed(await ownText(settings_file));
      if (read === null) return null;
      const here = (name: string, value: unknown) =>
        isPath(name) && typeof value === 'string' && value.startsWith(mounted)
          ? join(folder, value.slice(mounted.length))
          : value;
      return Object.fromEntries(Object.entries(read).map(([name, v]) => [name, here(name, v)]));
    });
  }

  reports(id: string): Promise<readonly unknown[]> {
    const { state_dir } = this.#layout(id);
    return onDisk(async () => {
      await refuseLink(state_dir);
      const all = await readdir(state_dir).catch(() => []);
      const reports = all.filter((name) => /^backfill-[0-9a-f]+\.json$/.test(name));
      return Promise.all(
        reports.toSorted().map(async (name) => parsed(await ownText(join(state_dir, name)))),
      );
    });
  }

  signal(id: string): Promise<void> {
    const { folder, start_signal_file } = this.#layout(id);
    return this.#turn(id, async () => {
      for (const path of [dirname(folder), folder]) await ownFolder(path);
      await replaceFile(start_signal_file, '');
    });
  }

  remove(id: string): Promise<void> {
    const { folder } = this.#layout(id);
    return this.#turn(id, async () => {
      await refuseLink(dirname(folder));
      await rm(folder, { recursive: true, force: true });
    });
  }

  async check(): Promise<{ readonly ok: boolean; readonly reason: string }> {
    try {
      await access(this.#shared_dir, constants.R_OK | constants.W_OK | constants.X_OK);
      const { bavail, bsize } = await statfs(this.#shared_dir);
      if (bavail * bsize >= least_bytes) return { ok: true, reason: 'It can be written to.' };
      return { ok: false, reason: 'The directory that loaders read has no space left.' };
    } catch (error) {
      const reason = `The directory that loaders read cannot be written to (${codeOf(error)}).`;
      return { ok: false, reason };
    }
  }

  #layout(id: string): InstanceLayout {
    return layoutOf(this.#shared_dir, id);
  }

  #turn<T>(id: string, act: () => Promise<T>): Promise<T> {
    return this.#turns.take(id, () => onDisk(act));
  }
}

/** What each file is to hold, by name. */
function contentsOf({ settings, files }: InstanceFiles): ReadonlyMap<string, string> {
  const contents = names.flatMap(([file, name]): [string, string][] => {
    const text = files[file];
    return text === undefined ? [] : [[name, text]];
  });
  const sorted = Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
  return new Map([...contents, ['settings.json', text]]);
}

/** The object in a text; null: there is none. */
function parsed(text: string | null): Readonly<Record<string, unknown>> | null {
  try {
    return text === null ? null : (record.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}

function isPath(name: string): boolean {
  if (!Object.hasOwn(settingList, name)) return false;
  const setting: Setting = settingList[name as SettingName];
  return setting.kind === 'text' && setting.format === 'path';
}
