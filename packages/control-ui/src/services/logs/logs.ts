import type { LoaderLogLine, LogLevel } from '@trafficinator/contract/rest';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { Runner } from '../../ports/runner.ts';
import type { Hub } from '../hub.ts';
import type { Seen } from '../watch/watch.ts';
import { fits, logLineOf } from './log-text.ts';

export interface LogQuery {
  readonly lines: number;
  readonly level: LogLevel | undefined;
  readonly filter: string | undefined;
  readonly since: string | undefined;
  readonly loader: string | undefined;
}

/** Lines that are read of one loader to find the wanted ones in. */
const mostRead = 50_000;
const again_ms = 2_000;

/** What loaders said. Each running one is followed once, whatever the number of listeners. */
export class Logs {
  readonly #runner: Runner;
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #following = new Map<string, AbortController>();
  readonly #stopped = new AbortController();

  constructor(runner: Runner, hub: Hub, clock: Clock, log: Logger) {
    this.#runner = runner;
    this.#hub = hub;
    this.#clock = clock;
    this.#log = log;
  }

  /** The last lines that fit, oldest first: filtered first, then cut. */
  async read(
    query: LogQuery,
  ): Promise<{ readonly lines: readonly LoaderLogLine[]; readonly more: boolean }> {
    const instances = await this.#runner.list();
    const wanted = instances.filter(({ id }) => query.loader === undefined || id === query.loader);
    const filtered = query.level !== undefined || (query.filter ?? '') !== '';
    const range = {
      lines: filtered ? mostRead : query.lines + 1,
      since: query.since ?? null,
    };
    const all = await Promise.all(
      wanted.map(async ({ id }) =>
        (await this.#runner.logs(id, range)).map((line) => logLineOf(id, line)),
      ),
    );
    const lines = all
      .flat()
      .filter((line) => fits(line, query.level, query.filter))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return { lines: lines.slice(-query.lines), more: lines.length > query.lines };
  }

  /** Follows what runs, and lets go of what does not any more. */
  see(all: readonly Seen[]): void {
    const running = new Set(
      all.filter(({ instance }) => instance.state === 'running').map(({ instance }) => instance.id),
    );
    for (const id of running) if (!this.#following.has(id)) this.#follow(id);
    const known = new Set(all.map(({ instance }) => instance.id));
    for (const [id, control] of this.#following) if (!known.has(id)) control.abort();
  }

  stop(): void {
    this.#stopped.abort();
    for (const control of this.#following.values()) control.abort();
  }

  #follow(id: string): void {
    const control = new AbortController();
    this.#following.set(id, control);
    void this.#pass(id, control.signal).finally(() => this.#following.delete(id));
  }

  async #pass(id: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const line of this.#runner.follow(id, null, signal)) {
        this.#hub.publish('log', logLineOf(id, line));
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#log.debug({ err: error, loader: id }, 'the log of a loader broke off');
      await new Promise<void>((resolve) => this.#clock.after(again_ms, resolve));
    }
  }
}
