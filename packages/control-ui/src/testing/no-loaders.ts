import { isDeepStrictEqual } from 'node:util';
import { type Files, type InstanceFiles, loaderFiles } from '../ports/files.ts';
import { type Instance, type Runner, RunnerError } from '../ports/runner.ts';
import type { StatusReader } from '../ports/status-reader.ts';

const refused = (): never => {
  throw new RunnerError(
    'engine_refused',
    'There are no loaders in this test.',
    'Use another runner.',
  );
};

/** A runner that answers, and has and makes no loaders. */
export const noLoaders: Runner = {
  kind: 'memory',
  check: async () => ({ ok: true, reason: 'in memory' }),
  list: async () => [],
  find: async () => null,
  create: async (): Promise<Instance> => refused(),
  start: async (): Promise<Instance> => refused(),
  stop: async (): Promise<Instance> => refused(),
  remove: async () => {},
  logs: async () => refused(),
  follow: () => refused(),
  usage: async () => null,
  statusUrl: async () => null,
  events: () => ({
    [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
  }),
  close: async () => {},
};

/** Nobody to ask. */
export const noReader: StatusReader = {
  read: async () => Promise.reject(new Error('there is nobody to ask')),
};

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

  pathFor(id: string, file: keyof typeof loaderFiles): string {
    return `/loaders/${id}/${loaderFiles[file]}`;
  }

  stateDirFor(id: string): string {
    return `/loaders/${id}/state`;
  }

  async report(): Promise<unknown> {
    return null;
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
