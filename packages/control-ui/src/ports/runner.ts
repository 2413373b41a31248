import type { RunnerKind } from '../config.ts';

/** What an instance is there for: live traffic, or one window of the past. */
export const instanceRoles = ['loader', 'backfill'] as const;
export type InstanceRole = (typeof instanceRoles)[number];

/** What a runner needs to make an instance of the loader. */
export interface InstanceSpec {
  /** `[a-z0-9][a-z0-9-]{0,39}`: unique within this service; also the name of its folder of files. */
  readonly id: string;
  readonly role: InstanceRole;
  /** Arguments of the loader, e.g. `['run', '--json']`. Never a secret, never a client's text. */
  readonly command: readonly string[];
}

/**
 * created: never started. running: the process lives. exited: it ended, see `exit_code`.
 * What the loader in it does (waits, sends, drains) its own status tells.
 */
type InstanceState = 'created' | 'running' | 'exited';

/** One loader as its runner sees it. Times: UTC, `2026-05-01T12:00:00.000Z`. */
export interface Instance {
  readonly id: string;
  readonly role: InstanceRole;
  readonly state: InstanceState;
  /** Of the last end, 128 + signal when one ended it (killed: 137); null while it runs, before its first start, and when nobody saw its end. */
  readonly exit_code: number | null;
  /** The kernel ended it for want of memory; null: cannot be told. */
  readonly out_of_memory: boolean | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  /** For a person: `container 1f2e3d`, `process 4711`. */
  readonly detail: string;
}

/** One line of a loader's output. */
export interface LogLine {
  /** When it was written: UTC with milliseconds. */
  readonly at: string;
  readonly stream: 'stdout' | 'stderr';
  /** Without line end, cut at 16 KiB. */
  readonly text: string;
}

export interface LogRange {
  /** At most so many of the last lines. */
  readonly lines: number;
  /** None before this time. */
  readonly since: string | null;
}

export interface Usage {
  /** Of one core: 100 is a whole one. */
  readonly cpu_percent: number;
  readonly memory_bytes: number;
}

/** engine_lost and engine_back concern all instances: their `id` is null. */
export interface RunnerEvent {
  readonly kind: 'created' | 'started' | 'exited' | 'removed' | 'engine_lost' | 'engine_back';
  readonly id: string | null;
  readonly at: string;
}

export type RunnerProblem =
  /** The engine does not answer; it may later. */
  | 'engine_unreachable'
  | 'instance_missing'
  /** It exists, but this service did not make it. */
  | 'instance_foreign'
  | 'image_missing'
  /** The engine answers, and refuses. */
  | 'engine_refused'
  | 'stop_timed_out';

/** A runner could not do it. The message is one sentence for a person, without secrets. */
export class RunnerError extends Error {
  readonly code: RunnerProblem;
  readonly remedy: string;

  constructor(code: RunnerProblem, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/**
 * Where loaders live. Every method settles within a bounded time, throws only RunnerErrors, and concerns
 * only instances of this service (found by label or by file, over restarts of the service). The loaders
 * live on when the service ends.
 */
export interface Runner {
  readonly kind: RunnerKind;
  /** Whether the engine answers now; settles within 2 s, never throws. */
  check(): Promise<{ readonly ok: boolean; readonly reason: string }>;
  /** All instances of this service, by id. */
  list(): Promise<Instance[]>;
  /** null: there is none with this id. */
  find(id: string): Promise<Instance | null>;
  /** Makes an instance, not started. One that is there and fits the spec is kept as it is; otherwise it is replaced unless it runs. */
  create(spec: InstanceSpec): Promise<Instance>;
  /** Starts it; one that runs is left alone. */
  start(id: string): Promise<Instance>;
  /** Asks it to end (SIGTERM), kills it after `grace_seconds`; one that does not run is left alone. */
  stop(id: string, grace_seconds: number): Promise<Instance>;
  /** Stops it if need be, and removes it with its logs; its files stay. One that is not there is no error. */
  remove(id: string, grace_seconds: number): Promise<void>;
  /** The last lines, oldest first. */
  logs(id: string, range: LogRange): Promise<LogLine[]>;
  /** Lines from now on (or from `since`), until the signal or the instance's removal; survives its restarts. */
  follow(id: string, since: string | null, signal: AbortSignal): AsyncIterable<LogLine>;
  /** null: it does not run. */
  usage(id: string): Promise<Usage | null>;
  /** Base URL of its status server, e.g. `http://127.0.0.1:41234`; null: it does not run. */
  statusUrl(id: string): Promise<string | null>;
  /** What happens to instances, from now on until the signal; goes on by itself when the engine comes back. */
  events(signal: AbortSignal): AsyncIterable<RunnerEvent>;
  /** Lets go of the engine; the loaders live on. */
  close(): Promise<void>;
}
