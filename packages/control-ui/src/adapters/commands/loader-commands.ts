import { rm } from 'node:fs/promises';
import type { Clock } from '../../ports/clock.ts';
import {
  CommandError,
  type CommandLimits,
  type CommandResult,
  type Commands,
} from '../../ports/commands.ts';
import type { LoaderFile } from '../../ports/files.ts';
import { runChild } from './child.ts';
import { Places } from './places.ts';
import { sweep, writeSettings } from './settings-file.ts';

export interface CommandsOptions {
  readonly clock: Clock;
  /** The loader's program: `packages/loader/src/main.ts`, or its bundle. */
  readonly loader_entry: string;
  /** A folder for settings files, of this service alone. */
  readonly folder: string;
  /** What commands find in their environment beside SETTINGS_FILE. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How many run at once, and how many may wait for their turn. */
const most = { running: 2, waiting: 16 } as const;

/** Runs the loader's one-off commands as processes of their own, a few at a time. */
export class LoaderCommands implements Commands {
  readonly #options: CommandsOptions;
  readonly #places = new Places(most.running, most.waiting);
  readonly #closed = new AbortController();
  #swept = false;

  constructor(options: CommandsOptions) {
    this.#options = options;
  }

  async run(
    args: readonly string[],
    settings: Readonly<Record<string, unknown>>,
    limits: CommandLimits,
    files: Readonly<Partial<Record<LoaderFile, string>>> = {},
  ): Promise<CommandResult> {
    const place = this.#places.take();
    if (place === null) throw busy('As many checks and previews run and wait as may.');
    const release = await place;
    try {
      if (this.#closed.signal.aborted) throw busy('The service is stopping.');
      return await this.#run(args, settings, limits, files);
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#places.idle();
  }

  async #run(
    args: readonly string[],
    settings: Readonly<Record<string, unknown>>,
    limits: CommandLimits,
    files: Readonly<Partial<Record<LoaderFile, string>>>,
  ): Promise<CommandResult> {
    const { clock, loader_entry, folder, environment } = this.#options;
    const file = await unstartable(async () => {
      if (!this.#swept) await sweep(folder, clock.now());
      this.#swept = true;
      return writeSettings(folder, settings, files);
    });
    try {
      return await unstartable(() =>
        runChild({
          clock,
          args: ['--', loader_entry, ...args],
          environment: { ...environment, SETTINGS_FILE: file.path },
          limits,
          stop: this.#closed.signal,
        }),
      );
    } finally {
      await rm(file.folder, { recursive: true, force: true });
    }
  }
}

const busy = (message: string): CommandError =>
  new CommandError('commands_busy', message, 'Try again in a moment.');

async function unstartable<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CommandError(
      'command_unstartable',
      `The loader's program cannot be run (${code}).`,
      'See that the disk is not full and that more processes may be started.',
    );
  }
}
