import { access, constants, mkdir, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { instancesFolder, isInstanceId, layoutOf } from '../../layout.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  Instance,
  InstanceSpec,
  LogLine,
  LogRange,
  Runner,
  RunnerEvent,
  Usage,
} from '../../ports/runner.ts';
import { foreign, missing, unfitId } from '../refusals.ts';
import { Turns } from '../turns.ts';
import type { Snapshot } from './changes.ts';
import { followOutput } from './follow-output.ts';
import { writeSpec } from './instance-files.ts';
import { launch } from './launch.ts';
import { onDisk } from './on-disk.ts';
import { factsOf } from './process-table.ts';
import { readOutput } from './read-output.ts';
import { stopProcess, whenSettled } from './stop.ts';
import { UsageMeter } from './usage-meter.ts';
import { instanceOf, type ProcessView, viewOf } from './view.ts';
import { Watch } from './watch.ts';
import { codeOf, namesIn } from './whole-file.ts';

export interface ProcessOptions {
  readonly clock: Clock;
  /** Tells this service's instances from those of another one on the same directory. */
  readonly control_id: string;
  readonly shared_dir: string;
  /** The loader's program: `packages/loader/src/main.ts`, or its bundle. */
  readonly loader_entry: string;
  /** The supervisor's program, when it is not the one beside this file: its bundle. */
  readonly supervisor_entry?: string;
  /** What loaders find in their environment beside SETTINGS_FILE: PATH, HOME, NODE_ENV and the like. */
  readonly environment: Readonly<Record<string, string>>;
  /** Each of the two files that hold an instance's output; 10 MB when left out. */
  readonly log_bytes?: number;
}

const besideThis = new URL('./supervisor.ts', import.meta.url).pathname;
const defaultLog_bytes = 10_000_000;

/** Runs each loader as a process of this machine, with a supervisor of its own that outlives the service. */
export class ProcessRunner implements Runner {
  readonly kind = 'process';
  readonly #options: ProcessOptions;
  readonly #turns = new Turns();
  readonly #meter: UsageMeter;
  readonly #closed = new AbortController();
  readonly #watches = new Set<Watch>();

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#meter = new UsageMeter(options.clock);
  }

  async check(): Promise<{ readonly ok: boolean; readonly reason: string }> {
    const { shared_dir } = this.#options;
    try {
      await mkdir(instancesFolder(shared_dir), { recursive: true, mode: 0o700 });
      await access(instancesFolder(shared_dir), constants.R_OK | constants.W_OK);
      return { ok: true, reason: 'loaders run as processes of this machine' };
    } catch (error) {
      return { ok: false, reason: `${shared_dir} cannot be written to (${codeOf(error)})` };
    }
  }

  async list(): Promise<Instance[]> {
    return [...(await this.#snapshot())].map(([id, view]) => instanceOf(id, view));
  }

  async find(id: string): Promise<Instance | null> {
    const view = await this.#view(id);
    return view === null ? null : instanceOf(id, view);
  }

  async create(spec: InstanceSpec): Promise<Instance> {
    const { id } = spec;
    if (!isInstanceId(id)) throw unfitId();
    return this.#turns.take(id, async () => {
      const there = await this.#view(id);
      if (there !== null) {
        if (there.state === 'running' || fits(there, spec)) return instanceOf(id, there);
        await this.#erase(id);
      }
      const { control_id, clock } = this.#options;
      const at = new Date(clock.now()).toISOString();
      await onDisk(() => writeSpec(this.#folder(id), spec, control_id, at));
      const made = await this.#view(id);
      if (made === null) throw foreign(id);
      return instanceOf(id, made);
    });
  }

  async start(id: string): Promise<Instance> {
    return this.#turns.take(id, async () => {
      const there = await this.#must(id);
      if (there.state !== 'running') await this.#launch(id, there);
      return instanceOf(id, await this.#settled(id, ({ run }) => run?.record.loader !== null));
    });
  }

  async stop(id: string, grace_seconds: number): Promise<Instance> {
    return this.#turns.take(id, async () => instanceOf(id, await this.#stop(id, grace_seconds)));
  }

  async remove(id: string, grace_seconds: number): Promise<void> {
    await this.#turns.take(id, async () => {
      if ((await this.#view(id)) === null) return;
      await this.#stop(id, grace_seconds);
      await this.#erase(id);
    });
  }

  async logs(id: string, range: LogRange): Promise<LogLine[]> {
    await this.#must(id);
    return onDisk(() => readOutput(this.#folder(id), range));
  }

  async *follow(id: string, since: string | null, signal: AbortSignal): AsyncIterable<LogLine> {
    const { clock } = this.#options;
    const from = since ?? new Date(clock.now()).toISOString();
    await this.#must(id);
    yield* followOutput({
      folder: this.#folder(id),
      since: from,
      clock,
      signal: this.#untilClosed(signal),
      exists: async () => (await this.#view(id)) !== null,
    });
  }

  async usage(id: string): Promise<Usage | null> {
    const { state, run } = await this.#must(id);
    const facts = state === 'running' && run?.record.loader ? factsOf(run.record.loader.pid) : null;
    return facts === null ? null : this.#meter.read(facts, run?.record.started_at ?? '');
  }

  async statusUrl(id: string): Promise<string | null> {
    const { state, run } = await this.#must(id);
    return state === 'running' ? `http://127.0.0.1:${run?.record.status_port}` : null;
  }

  events(signal: AbortSignal): AsyncIterable<RunnerEvent> {
    const until = this.#untilClosed(signal);
    const watch = new Watch(this.#options.clock, () => this.#snapshot(), until);
    this.#watches.add(watch);
    until.addEventListener('abort', () => this.#watches.delete(watch), { once: true });
    return watch.events;
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }

  #untilClosed(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closed.signal]);
  }

  #folder(id: string): string {
    return layoutOf(this.#options.shared_dir, id).process_folder;
  }

  async #view(id: string): Promise<ProcessView | null> {
    if (!isInstanceId(id)) return null;
    const { clock, control_id } = this.#options;
    return onDisk(() => viewOf(this.#folder(id), control_id, () => clock.now()));
  }

  async #must(id: string): Promise<ProcessView> {
    const view = await this.#view(id);
    if (view === null) throw missing(id);
    return view;
  }

  async #snapshot(): Promise<Snapshot> {
    const names = await onDisk(() => namesIn(instancesFolder(this.#options.shared_dir)));
    const ids = names.filter(isInstanceId).sort();
    const views = await Promise.all(ids.map((id) => this.#view(id)));
    const known = ids.map((id, i) => [id, views[i]] as const);
    return new Map(known.filter((entry): entry is [string, ProcessView] => entry[1] !== null));
  }

  async #launch(id: string, { spec, run }: ProcessView): Promise<void> {
    const { shared_dir, loader_entry, supervisor_entry, environment, log_bytes } = this.#options;
    const { settings_file, process_folder } = layoutOf(shared_dir, id);
    await onDisk(() =>
      launch({
        program: supervisor_entry ?? besideThis,
        order: {
          folder: process_folder,
          entry: loader_entry,
          command: spec.command,
          after: run?.number ?? 0,
          log_bytes: log_bytes ?? defaultLog_bytes,
        },
        environment: { ...environment, SETTINGS_FILE: settings_file },
      }),
    );
  }

  #settled(id: string, is: (view: ProcessView) => boolean): Promise<ProcessView> {
    return whenSettled(this.#options.clock, () => this.#must(id), is);
  }

  #stop(id: string, grace_seconds: number): Promise<ProcessView> {
    return stopProcess(this.#options.clock, () => this.#must(id), grace_seconds);
  }

  /** What happened to it is told before it is gone. */
  async #erase(id: string): Promise<void> {
    const look = () => Promise.all([...this.#watches].map((watch) => watch.look()));
    await look();
    await onDisk(() => rm(this.#folder(id), { recursive: true, force: true }));
    await look();
  }
}

const fits = ({ spec }: ProcessView, wanted: InstanceSpec): boolean =>
  spec.role === wanted.role && isDeepStrictEqual(spec.command, [...wanted.command]);
