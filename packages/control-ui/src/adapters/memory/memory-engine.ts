import type { Clock } from '../../ports/clock.ts';
import type { Instance, InstanceSpec, LogLine, RunnerEvent } from '../../ports/runner.ts';
import type { Channel } from '../channel.ts';

/** What a loader does here: a script for its life. */
export interface MemoryProgram {
  /** Written to stderr when it starts. */
  readonly lines: readonly string[];
  /** Exit code with which it ends at once by itself; null: it runs on. */
  readonly ends_with: number | null;
  /** Exit code of an orderly end on SIGTERM; null: it does not listen. */
  readonly on_stop: number | null;
}

/** A loader that runs until it is asked to stop. */
export const steady: MemoryProgram = { lines: [], ends_with: null, on_stop: 0 };

export interface MemoryInstance {
  readonly spec: InstanceSpec;
  state: Instance['state'];
  exit_code: number | null;
  started_at: string | null;
  finished_at: string | null;
  readonly lines: LogLine[];
  readonly followers: Set<Channel<LogLine>>;
}

interface Listener {
  readonly control_id: string;
  readonly channel: Channel<RunnerEvent>;
}

/**
 * The world in which memory runners put their instances: it outlives them, and tests tell it what happens.
 * Deterministic: its only time is the clock's.
 */
export class MemoryEngine {
  readonly instances = new Map<string, MemoryInstance>();
  readonly listeners = new Set<Listener>();
  readonly clock: Clock;
  readonly #script: (spec: InstanceSpec) => MemoryProgram;
  lost = false;

  constructor(clock: Clock, script: (spec: InstanceSpec) => MemoryProgram = () => steady) {
    this.clock = clock;
    this.#script = script;
  }

  at(): string {
    return new Date(this.clock.now()).toISOString();
  }

  program(spec: InstanceSpec): MemoryProgram {
    return this.#script(spec);
  }

  /** The engine is gone until {@link restore}; instances run on. */
  lose(): void {
    if (this.lost) return;
    this.lost = true;
    this.#tellAll('engine_lost');
  }

  restore(): void {
    if (!this.lost) return;
    this.lost = false;
    this.#tellAll('engine_back');
  }

  /** A running instance ends with this code. */
  exit(control_id: string, id: string, exit_code: number): void {
    const found = this.instances.get(keyOf(control_id, id));
    if (found?.state !== 'running') return;
    found.state = 'exited';
    found.exit_code = exit_code;
    found.finished_at = this.at();
    this.tell(control_id, 'exited', id);
  }

  /** An instance writes a line. */
  print(control_id: string, id: string, stream: LogLine['stream'], text: string): void {
    const found = this.instances.get(keyOf(control_id, id));
    if (found === undefined) return;
    const line = { at: this.at(), stream, text: text.slice(0, 16_384) };
    found.lines.push(line);
    for (const follower of found.followers) follower.push(line);
  }

  tell(control_id: string, kind: RunnerEvent['kind'], id: string): void {
    for (const listener of this.listeners) {
      if (listener.control_id === control_id) listener.channel.push({ kind, id, at: this.at() });
    }
  }

  #tellAll(kind: 'engine_lost' | 'engine_back'): void {
    for (const { channel } of this.listeners) channel.push({ kind, id: null, at: this.at() });
  }
}

export const keyOf = (control_id: string, id: string): string => `${control_id}/${id}`;
