import type { Clock } from '../../ports/clock.ts';
import type { Usage } from '../../ports/runner.ts';
import type { ProcessFacts } from './process-table.ts';

interface Reading {
  readonly began: string;
  readonly at_ms: number;
  readonly cpu_ms: number;
}

/** Makes shares of the time since the last reading out of the time that a process has used in all. */
export class UsageMeter {
  readonly #clock: Clock;
  readonly #last = new Map<number, Reading>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first reading of a process is its mean since it started (UTC time text). */
  read({ pid, began, cpu_ms, memory_bytes }: ProcessFacts, started_at: string): Usage {
    const at_ms = this.#clock.now();
    const last = this.#last.get(pid);
    const from = last?.began === began ? last : { began, at_ms: Date.parse(started_at), cpu_ms: 0 };
    this.#last.set(pid, { began, at_ms, cpu_ms });
    const share = (cpu_ms - from.cpu_ms) / Math.max(1, at_ms - from.at_ms);
    return { cpu_percent: Math.max(0, Math.round(share * 1000) / 10), memory_bytes };
  }
}
