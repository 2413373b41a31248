import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { Instance, Runner, Usage } from '../../ports/runner.ts';
import type { StatusReader, Told } from '../../ports/status-reader.ts';

/** One instance as it was seen last. */
export interface Seen {
  readonly instance: Instance;
  /** null: it has not told anything since it started. */
  readonly told: Told | null;
  readonly told_at_ms: number | null;
  /** It runs and did not answer the last time. */
  readonly silent: boolean;
  readonly usage: Usage | null;
}

const poll_ms = 1_000;
/** Usage costs the engine a second of measuring, so it is asked less often. */
const usageEvery = 5;

/**
 * Looks at all instances once a second, whatever the number of those who want to know, and tells
 * whoever asked for it. It never throws: what cannot be seen is told as such.
 */
export class Watch {
  readonly #runner: Runner;
  readonly #reader: StatusReader;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners: ((seen: readonly Seen[]) => void | Promise<void>)[] = [];
  readonly #stopped = new AbortController();
  #seen = new Map<string, Seen>();
  #round = 0;
  #looking: Promise<void> | null = null;
  #cancel: (() => void) | null = null;
  #engine = { ok: false, reason: 'it was not asked yet' };
  #told = false;

  constructor(runner: Runner, reader: StatusReader, clock: Clock, log: Logger) {
    this.#runner = runner;
    this.#reader = reader;
    this.#clock = clock;
    this.#log = log;
  }

  /** Whether the runner answered the last time. */
  get engine(): { readonly ok: boolean; readonly reason: string } {
    return this.#engine;
  }

  /** By id. */
  get seen(): ReadonlyMap<string, Seen> {
    return this.#seen;
  }

  onRound(listener: (seen: readonly Seen[]) => void | Promise<void>): void {
    this.#listeners.push(listener);
  }

  start(): void {
    void this.#followEvents();
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#cancel?.();
    await this.#looking;
  }

  /** Looks now, and resolves when everything was seen and told. */
  async look(): Promise<void> {
    if (this.#looking !== null) await this.#looking;
    this.#looking ??= this.#lookAround().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  #schedule(ms: number): void {
    if (this.#stopped.signal.aborted) return;
    this.#cancel = this.#clock.after(ms, () => {
      void this.look().then(() => this.#schedule(poll_ms));
    });
  }

  async #lookAround(): Promise<void> {
    const withUsage = this.#round++ % usageEvery === 0;
    try {
      const instances = await this.#runner.list();
      const seen = await Promise.all(instances.map((each) => this.#lookAt(each, withUsage)));
      this.#seen = new Map(seen.map((each) => [each.instance.id, each]));
      this.#engine = { ok: true, reason: `${this.#runner.kind} answers` };
      this.#told = false;
    } catch (error) {
      if (!this.#told) this.#log.warn({ err: error }, 'the runner does not answer');
      this.#told = true;
      this.#engine = { ok: false, reason: error instanceof Error ? error.message : String(error) };
    }
    for (const listener of this.#listeners) {
      try {
        await listener([...this.#seen.values()]);
      } catch (error) {
        this.#log.error({ err: error }, 'what was seen cannot be kept');
      }
    }
  }

  async #lookAt(instance: Instance, withUsage: boolean): Promise<Seen> {
    const before = this.#seen.get(instance.id);
    const same = before?.instance.started_at === instance.started_at ? before : undefined;
    const known = { told: same?.told ?? null, told_at_ms: same?.told_at_ms ?? null };
    if (instance.state !== 'running') return { instance, ...known, silent: false, usage: null };
    const usage = withUsage ? await this.#usage(instance.id) : (same?.usage ?? null);
    try {
      const url = await this.#runner.statusUrl(instance.id);
      if (url === null) return { instance, ...known, silent: false, usage };
      const told = await this.#reader.read(url);
      return { instance, told, told_at_ms: this.#clock.now(), silent: false, usage };
    } catch {
      return { instance, ...known, silent: true, usage };
    }
  }

  async #usage(id: string): Promise<Usage | null> {
    try {
      return await this.#runner.usage(id);
    } catch {
      return null;
    }
  }

  /** An event is only a reason to look at once. */
  async #followEvents(): Promise<void> {
    try {
      for await (const event of this.#runner.events(this.#stopped.signal)) {
        this.#log.debug({ event }, 'runner event');
        void this.look();
      }
    } catch (error) {
      if (!this.#stopped.signal.aborted) this.#log.warn({ err: error }, 'no more runner events');
    }
  }
}
