import { isDeepStrictEqual } from 'node:util';
import { type Files, type InstanceFiles, type LoaderFile, loaderFiles } from '../ports/files.ts';

/** What loaders would read, in memory. */
export class MemoryFiles implements Files {
  readonly written = new Map<string, InstanceFiles>();
  readonly signalled: string[] = [];

  async write(id: string, files: InstanceFiles): Promise<void> {
    this.written.set(id, structuredClone(files) as InstanceFiles);
  }

  async differs(id: string, files: InstanceFiles): Promise<boolean> {
    return !isDeepStrictEqual(this.written.get(id), files);
  }

  async differences(id: string, files: InstanceFiles): Promise<readonly string[]> {
    const there = this.written.get(id);
    const names = ['settings', ...Object.keys({ ...there?.files, ...files.files })];
    const part = (of: InstanceFiles | undefined, name: string) =>
      name === 'settings' ? of?.settings : of?.files[name as LoaderFile];
    return names.filter((name) => !isDeepStrictEqual(part(there, name), part(files, name)));
  }

  async settingsOf(id: string): Promise<Readonly<Record<string, unknown>> | null> {
    return this.written.get(id)?.settings ?? null;
  }

  pathFor(id: string, file: LoaderFile): string {
    return `/loaders/${id}/${loaderFiles[file]}`;
  }

  stateDirFor(id: string): string {
    return `/loaders/${id}/state`;
  }

  async reports(): Promise<readonly unknown[]> {
    return [];
  }

  async signal(id: string): Promise<void> {
    this.signalled.push(id);
  }

  async remove(id: string): Promise<void> {
    this.written.delete(id);
  }

  async check(): Promise<{ readonly ok: boolean; readonly reason: string }> {
    return { ok: true, reason: 'in memory' };
  }
}
