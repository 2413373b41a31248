import type { LoaderFile } from './files.ts';

/** How a one-off command of the loader ended. */
export interface CommandResult {
  readonly exit_code: number;
  readonly stdout: string;
  /** The last part of it, for a message. */
  readonly stderr: string;
  /** stdout was longer than allowed and was cut. */
  readonly cut: boolean;
  /** It took longer than allowed and was ended. */
  readonly timed_out: boolean;
}

export interface CommandLimits {
  readonly timeout_ms: number;
  readonly stdout_bytes: number;
}

/**
 * The loader's one-off commands (`check`, `plan`, `reconcile`, `backfill --dry-run`), each in a process of its
 * own: planning never blocks the service. Settings travel in a file of mode 0600 that is removed afterwards.
 */
export interface Commands {
  /** @throws CommandError when it could not be run; how it ended is a result. */
  run(
    args: readonly string[],
    settings: Readonly<Record<string, unknown>>,
    limits: CommandLimits,
    /** Contents of files by the setting that names each: written beside the settings, and named in them. */
    files?: Readonly<Partial<Record<LoaderFile, string>>>,
  ): Promise<CommandResult>;
  /** Ends those that run; those that wait for their turn are refused. */
  close(): Promise<void>;
}

export type CommandProblem =
  /** As many run and wait as may. */
  | 'commands_busy'
  /** The loader's program cannot be started, or its settings cannot be written. */
  | 'command_unstartable';

/** A command could not be run. The message is one sentence for a person, without secrets. */
export class CommandError extends Error {
  readonly code: CommandProblem;
  readonly remedy: string;

  constructor(code: CommandProblem, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
