import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store/store.ts';
import type { DatabaseOptions, RoomName, Rooms } from './protocol.ts';
import { asStoreError, DatabaseThread } from './thread.ts';

/** What every room can do: the compiler demands that none is missing. */
const methods: { readonly [R in RoomName]: { readonly [M in keyof Rooms[R]]-?: true } } = {
  presets: {
    list: true,
    all: true,
    get: true,
    byName: true,
    create: true,
    update: true,
    remove: true,
  },
  funnels: {
    list: true,
    all: true,
    get: true,
    byName: true,
    create: true,
    update: true,
    remove: true,
  },
  documents: { get: true, put: true, clear: true },
  settings: { get: true, put: true },
  runs: {
    begin: true,
    progress: true,
    finish: true,
    get: true,
    list: true,
    open: true,
    remove: true,
    append: true,
    series: true,
  },
  access: {
    addKey: true,
    keys: true,
    revokeKey: true,
    keyByHash: true,
    touchKey: true,
    addSession: true,
    sessionByHash: true,
    removeSession: true,
  },
  audit: { append: true, list: true },
  idempotency: { begin: true, complete: true, forget: true },
  preferences: { get: true, put: true },
};

const checkWithin_ms = 2_000;

/** Starts a thread that works on the data of a directory. */
export type StartThread = (options: DatabaseOptions) => Worker;

/**
 * Opens the store of a data directory, making both where there are none. The database works in a thread of
 * its own. @throws OpeningError
 */
export async function openStore(
  options: DatabaseOptions,
  clock: Clock,
  start: StartThread = startThread,
): Promise<Store> {
  const thread = new DatabaseThread(() => start(options));
  try {
    await thread.call('upkeep', 'check', []);
  } catch (error) {
    await thread.close(clock);
    throw error;
  }
  const rooms = Object.entries(methods).map(([room, names]) => [
    room,
    roomOf(thread, room as RoomName, Object.keys(names)),
  ]);
  return {
    ...(Object.fromEntries(rooms) as Rooms),
    check: checkOf(thread, clock),
    backup: (path) => backup(options, path, clock, start),
    close: () => thread.close(clock),
  };
}

/** Source and bundle have the thread's file beside them, under different names. */
function startThread(options: DatabaseOptions): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './control-database.mjs';
  return new Worker(new URL(file, import.meta.url), { workerData: options, name: 'database' });
}

function roomOf(thread: DatabaseThread, room: RoomName, names: readonly string[]): object {
  const call = async (method: string, args: readonly unknown[]) => {
    try {
      return await thread.call(room, method, args);
    } catch (error) {
      throw asStoreError(error);
    }
  };
  return Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => call(name, args)]));
}

/** One check at a time, however many ask: a slow disk must not gather a queue of them. */
function checkOf(thread: DatabaseThread, clock: Clock): Store['check'] {
  let running: ReturnType<Store['check']> | null = null;
  const ask = () =>
    thread
      .call('upkeep', 'check', [])
      .then(() => ({ ok: true, reason: 'The database answers.' }))
      .catch((error: Error) => ({ ok: false, reason: error.message }))
      .finally(() => {
        running = null;
      });
  return () => {
    running ??= ask();
    const asked = running;
    return new Promise((resolve) => {
      const late = { ok: false, reason: 'The database has not answered for 2 seconds.' };
      const callOff = clock.after(checkWithin_ms, () => resolve(late));
      asked.then((answer) => {
        callOff();
        resolve(answer);
      });
    });
  };
}

/** In a thread of its own, beside the one that goes on answering. */
async function backup(
  options: DatabaseOptions,
  path: string,
  clock: Clock,
  start: StartThread,
): Promise<void> {
  const thread = new DatabaseThread(() => start({ ...options, secret_key: null, as: 'beside' }));
  try {
    await thread.call('upkeep', 'backup', [path]);
  } catch (error) {
    throw asStoreError(error);
  } finally {
    await thread.close(clock);
  }
}
