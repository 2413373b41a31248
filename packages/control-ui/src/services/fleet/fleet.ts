import { randomBytes, randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { Instance, Runner } from '../../ports/runner.ts';
import type { Run } from '../../ports/store/runs.ts';
import { Refusal } from '../../refusal.ts';
import type { Seen, Watch } from '../watch/watch.ts';
import type { Composition, ShardOf } from './composition.ts';
import type { RunBook } from './run-book.ts';
import { awaitsSignal } from './start-signals.ts';
import { loaderStatus } from './states.ts';

export interface FleetParts {
  readonly runner: Runner;
  readonly watch: Watch;
  readonly files: Files;
  readonly composition: Composition;
  readonly book: RunBook;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface StartOrder {
  readonly values: Readonly<Record<string, unknown>>;
  readonly preset: string | null;
  /** As anybody may see them, for the run's record. */
  readonly shown: Readonly<Record<string, unknown>>;
  readonly workers: number;
  readonly new_run: boolean;
  readonly started_by: string;
}

/** How long loaders may take until they tell that they are at work. */
const startUp_ms = 20_000;
const look_ms = 200;

export const loaderId = (number: number): string => `loader-${number + 1}`;
const isLoader = ({ role }: Instance): boolean => role === 'loader';

/** The loaders of live traffic: starts and stops them as one. One operation at a time. */
export class Fleet {
  readonly #parts: FleetParts;
  #underWay: string | null = null;

  constructor(parts: FleetParts) {
    this.#parts = parts;
  }

  /** What is done to the fleet just now, or null. */
  get underWay(): string | null {
    return this.#underWay;
  }

  /** Loaders as they were seen last. */
  get loaders(): readonly Seen[] {
    return [...this.#parts.watch.seen.values()].filter(({ instance }) => isLoader(instance));
  }

  /** Whether a loader is at work; one that a compose file started and that waits for its signal is not. */
  get runs(): boolean {
    return this.loaders.some((seen) => seen.instance.state === 'running' && !this.#idles(seen));
  }

  #idles({ instance, told }: Seen): boolean {
    if (this.#parts.book.open.some(({ instances }) => instances.includes(instance.id)))
      return false;
    return told === null || awaitsSignal(told);
  }

  /** @throws Refusal when another operation is under way. */
  async alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#underWay !== null) {
      throw new Refusal('operation_under_way', {
        message: `The loader is being ${this.#underWay}.`,
        remedy: 'Wait until that is done, then ask again.',
      });
    }
    this.#underWay = what;
    try {
      return await work();
    } finally {
      this.#underWay = null;
    }
  }

  /**
   * Starts loaders and waits until each tells that it is at work.
   * @throws Refusal `start_failed` with what the loader said; then none of them runs.
   */
  async start(order: StartOrder): Promise<Run> {
    const { runner, files, composition, book, clock } = this.#parts;
    const ids = Array.from({ length: order.workers }, (_, number) => loaderId(number));
    const started_at = new Date(clock.now()).toISOString();
    const seed = typeof order.values.seed === 'number' ? order.values.seed : randomInt(0, 2 ** 31);
    const run: Run = {
      id: `run-${randomBytes(8).toString('hex').slice(0, 12)}`,
      kind: 'live',
      name: null,
      instances: ids,
      started_by: order.started_by,
      started_at,
      ended_at: null,
      end: null,
      reason: null,
      settings: order.shown,
      preset: order.preset,
      result: null,
    };
    const command = ['run', '--json', ...(order.new_run ? ['--new'] : [])];
    for (const [number, id] of ids.entries()) {
      const shard: ShardOf = { number, count: order.workers, seed, started_at };
      await files.write(id, await composition.of(id, order.values, shard));
      await runner.create({ id, role: 'loader', command });
    }
    await book.begin(run);
    try {
      await Promise.all(ids.map((id) => this.#bring(id)));
      await this.#atWork(ids);
    } catch (error) {
      await this.#halt(ids, 5);
      await book.fail(run.id, error instanceof Error ? error.message : String(error));
      throw error;
    }
    return run;
  }

  /** Stops all loaders: visits under way may end within `grace_seconds`. */
  async stop(grace_seconds: number): Promise<void> {
    const running = this.loaders.filter(({ instance }) => instance.state === 'running');
    await this.#halt(
      running.map(({ instance }) => instance.id),
      grace_seconds,
    );
    await this.#parts.watch.look();
  }

  /** One that runs already waits for its signal, which it gets when it is seen waiting. */
  async #bring(id: string): Promise<void> {
    const { runner } = this.#parts;
    const before = await runner.find(id);
    if (before?.state !== 'running') await runner.start(id);
  }

  async #halt(ids: readonly string[], grace_seconds: number): Promise<void> {
    this.#parts.book.expectStop(ids);
    const results = await Promise.allSettled(
      ids.map((id) => this.#parts.runner.stop(id, grace_seconds)),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Waits until each has told that it works; throws what the first one said that does not. */
  async #atWork(ids: readonly string[]): Promise<void> {
    const { watch, clock } = this.#parts;
    const until_ms = clock.now() + startUp_ms;
    for (;;) {
      await watch.look();
      const seen = ids.map((id) => watch.seen.get(id));
      for (const each of seen) {
        if (each === undefined) continue;
        const { state, reason, id, exit_code } = loaderStatus(each, clock.now());
        if (state === 'failed') throw await this.#failure(id, exit_code, reason);
      }
      const answers = seen.filter(
        (each) =>
          each !== undefined &&
          (each.instance.state === 'exited' || (each.told !== null && !each.silent)),
      );
      const waits = answers.some((each) => each?.told != null && awaitsSignal(each.told));
      if (answers.length === ids.length && !waits) return;
      // It asks its target first, and a slow one may take longer than anybody waits here.
      if (clock.now() >= until_ms && answers.length === ids.length) return;
      if (clock.now() >= until_ms) {
        throw new Refusal('start_failed', {
          message: `The loader has not told anything for ${startUp_ms / 1000} s.`,
          remedy: 'Look at /api/logs for what it says.',
        });
      }
      await new Promise<void>((resolve) => clock.after(look_ms, resolve));
    }
  }

  async #failure(id: string, exit_code: number | null, reason: string | null): Promise<Refusal> {
    const lines = await this.#parts.runner.logs(id, { lines: 20, since: null }).catch(() => []);
    const said = lines
      .map(({ text }) => saidIn(text))
      .filter((text) => text !== null)
      .at(-1);
    return new Refusal('start_failed', {
      message: said ?? reason ?? `The loader ended with exit code ${exit_code ?? 'unknown'}.`,
      remedy: 'Mend it and start again; /api/logs has all that the loader said.',
    });
  }
}

/** The sentence of an error line: JSON of the log, or a plain `error: …`. */
function saidIn(text: string): string | null {
  if (text.startsWith('error: ')) return text.slice('error: '.length);
  try {
    const line = JSON.parse(text) as { level?: unknown; msg?: unknown } | null;
    const severe = line !== null && (line.level === 'error' || line.level === 'fatal');
    return severe && typeof line.msg === 'string' ? line.msg : null;
  } catch {
    return null;
  }
}
