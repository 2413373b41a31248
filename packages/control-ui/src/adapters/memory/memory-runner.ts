import { isDeepStrictEqual } from 'node:util';
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
import { Channel } from '../channel.ts';
import { pause } from '../pause.ts';
import { missing, unfitId } from '../refusals.ts';
import { keyOf, type MemoryEngine, type MemoryInstance } from './memory-engine.ts';

export interface MemoryOptions {
  readonly engine: MemoryEngine;
  readonly control_id: string;
  /** Base URL that a running instance's status is said to have. */
  readonly statusUrl: (id: string) => string;
}

/** A runner whose loaders exist in memory only: for tests, and to try the service without any. */
export class MemoryRunner implements Runner {
  readonly kind = 'memory';
  readonly #engine: MemoryEngine;
  readonly #control_id: string;
  readonly #statusUrl: (id: string) => string;

  constructor({ engine, control_id, statusUrl }: MemoryOptions) {
    this.#engine = engine;
    this.#control_id = control_id;
    this.#statusUrl = statusUrl;
  }

  async check(): Promise<{ readonly ok: boolean; readonly reason: string }> {
    const ok = !this.#engine.lost;
    return { ok, reason: ok ? 'in memory' : 'the engine is gone' };
  }

  async list(): Promise<Instance[]> {
    this.#reach();
    return [...this.#engine.instances]
      .filter(([key]) => key.startsWith(`${this.#control_id}/`))
      .map(([, instance]) => shown(instance))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async find(id: string): Promise<Instance | null> {
    const found = this.#find(id);
    return found === undefined ? null : shown(found);
  }

  async create(spec: InstanceSpec): Promise<Instance> {
    if (!isInstanceId(spec.id)) throw unfitId();
    const there = this.#find(spec.id);
    if (there !== undefined) {
      if (there.state === 'running' || isDeepStrictEqual(there.spec, spec)) return shown(there);
      await this.remove(spec.id, 0);
    }
    const made: MemoryInstance = {
      spec,
      state: 'created',
      exit_code: null,
      started_at: null,
      finished_at: null,
      lines: [],
      followers: new Set(),
    };
    this.#engine.instances.set(keyOf(this.#control_id, spec.id), made);
    this.#engine.tell(this.#control_id, 'created', spec.id);
    return shown(made);
  }

  async start(id: string): Promise<Instance> {
    const found = this.#must(id);
    if (found.state === 'running') return shown(found);
    found.state = 'running';
    found.exit_code = null;
    found.started_at = this.#engine.at();
    found.finished_at = null;
    this.#engine.tell(this.#control_id, 'started', id);
    const program = this.#engine.program(found.spec);
    for (const text of program.lines) this.#engine.print(this.#control_id, id, 'stderr', text);
    if (program.ends_with !== null) this.#engine.exit(this.#control_id, id, program.ends_with);
    return shown(found);
  }

  async stop(id: string, grace_seconds: number): Promise<Instance> {
    const found = this.#must(id);
    const { on_stop } = this.#engine.program(found.spec);
    if (found.state === 'running' && on_stop === null) {
      await pause(this.#engine.clock, grace_seconds * 1000, null);
    }
    this.#engine.exit(this.#control_id, id, on_stop ?? 137);
    return shown(found);
  }

  async remove(id: string, grace_seconds: number): Promise<void> {
    const found = this.#find(id);
    if (found === undefined) return;
    await this.stop(id, grace_seconds);
    if (!this.#engine.instances.delete(keyOf(this.#control_id, id))) return;
    for (const follower of found.followers) follower.close();
    this.#engine.tell(this.#control_id, 'removed', id);
  }

  async logs(id: string, { lines, since }: LogRange): Promise<LogLine[]> {
    const all = this.#must(id).lines.filter(({ at }) => since === null || at >= since);
    return lines > 0 ? all.slice(-lines) : [];
  }

  async *follow(id: string, since: string | null, signal: AbortSignal): AsyncIterable<LogLine> {
    const found = this.#must(id);
    const channel = new Channel<LogLine>(signal);
    found.followers.add(channel);
    try {
      if (since !== null) {
        for (const line of found.lines.filter(({ at }) => at >= since)) channel.push(line);
      }
      yield* channel;
    } finally {
      found.followers.delete(channel);
    }
  }

  async usage(id: string): Promise<Usage | null> {
    const runs = this.#must(id).state === 'running';
    return runs ? { cpu_percent: 5, memory_bytes: 64 * 1024 * 1024 } : null;
  }

  async statusUrl(id: string): Promise<string | null> {
    return this.#must(id).state === 'running' ? this.#statusUrl(id) : null;
  }

  events(signal: AbortSignal): AsyncIterable<RunnerEvent> {
    const channel = new Channel<RunnerEvent>(signal);
    const listener = { control_id: this.#control_id, channel };
    this.#engine.listeners.add(listener);
    signal.addEventListener('abort', () => this.#engine.listeners.delete(listener), { once: true });
    return channel;
  }

  async close(): Promise<void> {}

  #reach(): void {
    if (!this.#engine.lost) return;
    throw new RunnerError('engine_unreachable', 'The engine is gone.', 'Wait until it is back.');
  }

  #find(id: string): MemoryInstance | undefined {
    this.#reach();
    return this.#engine.instances.get(keyOf(this.#control_id, id));
  }

  #must(id: string): MemoryInstance {
    const found = this.#find(id);
    if (found === undefined) throw missing(id);
    return found;
  }
}

const shown = ({ spec, ...instance }: MemoryInstance): Instance => ({
  id: spec.id,
  role: spec.role,
  state: instance.state,
  exit_code: instance.exit_code,
  out_of_memory: null,
  started_at: instance.started_at,
  finished_at: instance.finished_at,
  detail: 'in memory',
});
