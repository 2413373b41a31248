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
