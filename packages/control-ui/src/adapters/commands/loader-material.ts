import { readEvents } from '@trafficinator/contract';
import type { BuiltInMaterial } from '../../ports/built-in-material.ts';
import { CommandError, type Commands } from '../../ports/commands.ts';

type BuiltInEvents = Awaited<ReturnType<BuiltInMaterial['events']>>;

const limits = { timeout_ms: 30_000, stdout_bytes: 16 * 1024 * 1024 };

/** What is built into the loader, asked of the loader itself; once, for it never changes. */
export class LoaderMaterial implements BuiltInMaterial {
  readonly #commands: Commands;
  #urls: Promise<string> | null = null;
  #events: Promise<BuiltInEvents> | null = null;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  async urls(): Promise<string> {
    this.#urls ??= this.#ask('urls');
    try {
      return await this.#urls;
    } catch (error) {
      this.#urls = null;
      throw error;
    }
  }

  async events(): Promise<BuiltInEvents> {
    this.#events ??= this.#ask('events').then(eventsOf);
    try {
      return await this.#events;
    } catch (error) {
      this.#events = null;
      throw error;
    }
  }

  async #ask(file: 'urls' | 'events'): Promise<string> {
    const { exit_code, stdout, cut } = await this.#commands.run(['material', file], {}, limits);
    if (exit_code === 0 && !cut) return stdout;
    throw unreadable(`The loader does not tell its built-in ${file} (exit ${exit_code}).`);
  }
}

function eventsOf(text: string): BuiltInEvents {
  const { click_events, random_events } = readEvents(text, 'built-in events').events ?? {};
  if (click_events && random_events) return { click_events, random_events };
  throw unreadable('The loader’s built-in events cannot be read.');
}

const unreadable = (message: string): CommandError =>
  new CommandError(
    'command_unstartable',
    message,
    'Check that loader and service are of one version.',
  );
