import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import { StoreError } from '../../ports/store/kept.ts';
import { OpeningError } from '../../ports/store/opening.ts';
import { errorOf } from './failure.ts';
import type { Answer, Request } from './protocol.ts';

/** More requests than this never wait: they are refused at once. */
const longestQueue = 1_000;
const closeWithin_ms = 10_000;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The service's end of the database thread. One that dies rejects what it had not answered (a write among that
 * may be kept or not), and the next request starts another.
 */
export class DatabaseThread {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;
  #closed = false;

  /** `start` starts a thread that runs `worker.ts`. */
  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** @throws StoreError; an OpeningError when the data cannot be opened; an Error that is the program's. */
  call(room: Request['room'], method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) return Promise.reject(unusable('The database is closed.'));
    if (this.#waiting.size >= longestQueue) {
      return Promise.reject(
        unusable(`The database does not keep up: ${longestQueue} requests wait for it.`),
      );
    }
    this.#worker ??= this.#started();
    const worker = this.#worker;
    const request: Request = { id: this.#next++, room, method, args };
    return new Promise((resolve, reject) => {
      worker.postMessage(request);
      this.#waiting.set(request.id, { resolve, reject });
    });
  }

  /** Waits for what was asked before, but not longer than the clock's patience, and lets go of the data. */
  async close(clock: Clock): Promise<void> {
    if (this.#closed) return;
    const worker = this.#worker;
    const ended = worker === null ? null : this.call('upkeep', 'close', []).catch(() => {});
    this.#closed = true;
    if (worker === null) return;
    let callOff = () => {};
    const late = new Promise<void>((resolve) => {
      callOff = clock.after(closeWithin_ms, resolve);
    });
    await Promise.race([ended, late]);
    callOff();
    // A thread that hangs in its disk must not keep the process.
    worker.unref();
    void worker.terminate();
  }

  #started(): Worker {
    const worker = this.#start();
    let last: Error | null = null;
    worker.on('message', (answer: Answer) => {
      if (answer.kind !== 'not_open') return this.#answered(answer);
      last = errorOf(answer.failure);
      this.#ended(worker, last);
    });
    worker.on('error', (error: Error) => {
      last = unusable(`The database thread ended: ${error.message}. It is not known what it kept.`);
    });
    worker.on('exit', () => {
      this.#ended(
        worker,
        last ?? unusable('The database thread ended; what it kept is not known.'),
      );
    });
    return worker;
  }

  #answered(answer: Exclude<Answer, { kind: 'not_open' }>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.kind === 'done') waiting?.resolve(answer.result);
    else waiting?.reject(errorOf(answer.failure));
  }

  #ended(worker: Worker, why: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(why);
  }
}

const unusable = (message: string): StoreError => new StoreError('store_unusable', message);

/** After the start, data that cannot be opened is a store that cannot be used. */
export function asStoreError(error: unknown): unknown {
  return error instanceof OpeningError ? unusable(`${error.message} ${error.remedy}`) : error;
}
