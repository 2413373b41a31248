import type { StoreProblem } from '../../ports/store/kept.ts';
import type { OpeningProblem } from '../../ports/store/opening.ts';
import type { Store } from '../../ports/store/store.ts';

/** The same methods, answering at once: what the thread of the database does for the promises of a port. */
export type Sync<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => R
    : Sync<T[K]>;
};

/** The rooms of the store: its parts that have methods of their own. */
export type Rooms = Omit<Store, 'check' | 'backup' | 'close'>;
export type RoomName = keyof Rooms;

/** What the thread does besides. */
export interface Upkeep {
  /** Writes and reads a word. */
  check(): Promise<void>;
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Where the data is, and the key of what is secret there. */
export interface DatabaseOptions {
  readonly data_dir: string;
  /** The text of SECRET_KEY; null: the key file of the data directory, made where there is none. */
  readonly secret_key: string | null;
  /** `alone`: no other one may be. `beside`: there may be a service, and secrets stay closed. */
  readonly as: 'alone' | 'beside';
}

export interface Request {
  readonly id: number;
  readonly room: RoomName | 'upkeep';
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Failure =
  | { readonly kind: 'store'; readonly code: StoreProblem; readonly message: string }
  | {
      readonly kind: 'opening';
      readonly code: OpeningProblem;
      readonly message: string;
      readonly remedy: string;
    }
  /** An error of the program. */
  | { readonly kind: 'bug'; readonly message: string };

export type Answer =
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  /** The data cannot be opened: the thread ends. */
  | { readonly kind: 'not_open'; readonly failure: Failure };
