/**
 * The thread of the database: the only place of the service that waits for its disk. It answers requests one
 * by one, in their order. In a bundle this file is an entry of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openRooms } from './database.ts';
import { failureOf } from './failure.ts';
import type { Answer, DatabaseOptions, Request } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the thread of the database, not a program.');
const tell = (answer: Answer): void => port.postMessage(answer);

try {
  serve(openRooms(workerData as DatabaseOptions, () => new Date().toISOString()));
} catch (error) {
  tell({ kind: 'not_open', failure: failureOf(error) });
}

function serve(rooms: ReturnType<typeof openRooms>): void {
  port?.on('message', ({ id, room, method, args }: Request) => {
    try {
      const part = rooms[room] as unknown as Record<string, (...args: unknown[]) => unknown>;
      tell({ kind: 'done', id, result: part[method]?.(...args) });
    } catch (error) {
      tell({ kind: 'failed', id, failure: failureOf(error) });
    }
    if (room === 'upkeep' && method === 'close') port?.close();
  });
}
