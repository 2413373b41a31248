import { isInstanceId } from '../../layout.ts';
import {
  type Instance,
  type InstanceSpec,
  type LogLine,
  type LogRange,
  type Runner,
  RunnerError,
  type RunnerEvent,
  type Usage,
} from '../../ports/runner.ts';
import { missing, unfitId } from '../refusals.ts';
import { Turns } from '../turns.ts';
import { statusPort } from './container-spec.ts';
import {
  containerIds,
  findContainer,
  type Inspected,
  inspect,
  instanceOf,
  stateOf,
} from './containers.ts';
import { Engine, EngineAnswer, refused } from './engine.ts';
import { engineEvents } from './events.ts';
import { followLogs, readLogs } from './logs.ts';
import { discard, fits, make } from './making.ts';
import type { DockerOptions } from './options.ts';
import { usageOf } from './usage.ts';

const check_ms = 2_000;
const start_ms = 30_000;
/** What the engine needs for a stop beside the grace. */
const stop_ms = 15_000;

/** Runs each loader in a container of its own; the engine keeps them, whatever becomes of the service. */
export class DockerRunner implements Runner {
  readonly kind = 'docker';
  readonly #options: DockerOptions;
  readonly #engine: Engine;
  readonly #turns = new Turns();
  readonly #closed = new AbortController();

  /** @throws TypeError for an engine address that cannot be used. */
  constructor(options: DockerOptions) {
    this.#options = options;
    this.#engine = new Engine(options.engine, options.clock);
  }

  async check(): Promise<{ readonly ok: boolean; readonly reason: string }> {
    const { docker } = this.#engine;
    try {
      await this.#engine.call(() => docker.ping(), check_ms);
      return { ok: true, reason: 'the Docker engine answers' };
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? error.message : 'no answer' };
    }
  }

  async list(): Promise<Instance[]> {
    return this.#asking(async () => {
      const ids = await containerIds(this.#engine, this.#options.control_id, null);
      const found = await Promise.all(ids.map((id) => inspect(this.#engine, id)));
      const byId = new Map<string, Instance>();
      for (const container of found.filter((one) => one !== null)) {
        const instance = instanceOf(container);
        // The first of several counts.
        if (!byId.has(instance.id)) byId.set(instance.id, instance);
      }
      return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    });
  }

  async find(id: string): Promise<Instance | null> {
    const found = await this.#find(id);
    return found === null ? null : instanceOf(found);
  }

  async create(spec: InstanceSpec): Promise<Instance> {
    if (!isInstanceId(spec.id)) throw unfitId();
    return this.#turn(spec.id, async () => {
      const there = await this.#find(spec.id);
      if (there !== null) {
        const keeps = stateOf(there) === 'running';
        if (keeps || (await fits(this.#engine, this.#options, spec, there)))
          return instanceOf(there);
        await discard(this.#engine, there);
      }
      return instanceOf(await make(this.#engine, this.#options, spec));
    });
  }

  async start(id: string): Promise<Instance> {
    return this.#turn(id, async () => {
      const { Id } = await this.#must(id);
      const { docker } = this.#engine;
      await this.#act('The loader cannot be started', () =>
        this.#engine.call(
          (abortSignal) => docker.getContainer(Id).start({ abortSignal }),
          start_ms,
        ),
      );
      return instanceOf(await this.#must(id));
    });
  }

  async stop(id: string, grace_seconds: number): Promise<Instance> {
    return this.#turn(id, async () => {
      await this.#stop(await this.#must(id), grace_seconds);
      return instanceOf(await this.#must(id));
    });
  }

  async remove(id: string, grace_seconds: number): Promise<void> {
    await this.#turn(id, async () => {
      const found = await this.#find(id);
      if (found === null) return;
      await this.#stop(found, grace_seconds);
      const stopped = await inspect(this.#engine, found.Id);
      if (stopped !== null) await discard(this.#engine, stopped);
    });
  }

  async logs(id: string, range: LogRange): Promise<LogLine[]> {
    const { Id } = await this.#must(id);
    return this.#asking(() => readLogs(this.#engine, Id, range));
  }

  async *follow(id: string, since: string | null, signal: AbortSignal): AsyncIterable<LogLine> {
    const from_ms = since === null ? this.#options.clock.now() : Date.parse(since);
    await this.#must(id);
    const until = AbortSignal.any([signal, this.#closed.signal]);
    const find = () => this.#find(id);
    yield* followLogs({ engine: this.#engine, from_ms, signal: until, find });
  }

  async usage(id: string): Promise<Usage | null> {
    const found = await this.#must(id);
    if (stateOf(found) !== 'running') return null;
    return this.#asking(() => usageOf(this.#engine, found.Id));
  }

  async statusUrl(id: string): Promise<string | null> {
    const found = await this.#must(id);
    if (stateOf(found) !== 'running') return null;
    const { Ports, Networks } = found.NetworkSettings;
    if (this.#options.status === 'published') {
      const port = Ports?.[`${statusPort}/tcp`]?.[0]?.HostPort;
      return port === undefined ? null : `http://127.0.0.1:${port}`;
    }
    const address = Networks?.[this.#options.network ?? 'bridge']?.IPAddress;
    return address ? `http://${address}:${statusPort}` : null;
  }

  events(signal: AbortSignal): AsyncIterable<RunnerEvent> {
    const { clock, control_id } = this.#options;
    const until = AbortSignal.any([signal, this.#closed.signal]);
    return engineEvents(this.#engine, control_id, clock.now(), until);
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }

  async #find(id: string): Promise<Inspected | null> {
    if (!isInstanceId(id)) return null;
    const { control_id } = this.#options;
    return this.#asking(() => findContainer(this.#engine, control_id, id));
  }

  async #must(id: string): Promise<Inspected> {
    const found = await this.#find(id);
    if (found === null) throw missing(id);
    return found;
  }

  async #stop(found: Inspected, grace_seconds: number): Promise<void> {
    if (stateOf(found) !== 'running') return;
    const { docker } = this.#engine;
    const t = Math.ceil(grace_seconds);
    await this.#act('The loader cannot be stopped', () =>
      this.#engine.call(
        (abortSignal) => docker.getContainer(found.Id).stop({ t, abortSignal }),
        t * 1000 + stop_ms,
      ),
    );
    const now = await inspect(this.#engine, found.Id);
    if (now === null || stateOf(now) !== 'running') return;
    throw new RunnerError(
      'stop_timed_out',
      'The loader’s container does not end.',
      'Look at the engine’s log, and try again.',
    );
  }

  /** 304: it is so already. 404: it was removed at this moment, which the next question shows. */
  async #act(what: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof EngineAnswer)) throw error;
      if (error.status !== 304 && error.status !== 404) throw refused(what, error);
    }
  }

  #turn<T>(id: string, task: () => Promise<T>): Promise<T> {
    return this.#turns.take(id, () => this.#asking(task));
  }

  /** Nothing but RunnerErrors leaves. */
  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof RunnerError) throw error;
      if (error instanceof EngineAnswer) throw refused('The engine refuses', error);
      throw new RunnerError(
        'engine_refused',
        'The engine’s answer cannot be understood.',
        'See that DOCKER_HOST names a Docker engine of version 20.10 or newer.',
      );
    }
  }
}
