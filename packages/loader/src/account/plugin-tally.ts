import type { PluginNumbers } from '@trafficinator/contract';
import type { SlowCalls } from '../plan/material/behaviour.ts';
import type { Visit } from '../plan/visit.ts';

interface Faults {
  count: number;
  readonly first: string;
}

/** What plugins failed to plan, and how long they took over visits. */
export class PluginTally {
  readonly slow_calls: SlowCalls | null;
  readonly #faults = new Map<string, Faults>();

  constructor(slow_calls: SlowCalls | null = null) {
    this.slow_calls = slow_calls;
  }

  /** A visit has arrived; each plugin that failed is counted once. */
  planned({ faults }: Visit): void {
    if (faults === undefined) return;
    const first = new Map(faults.toReversed().map(({ plugin, message }) => [plugin, message]));
    for (const [plugin, message] of first) {
      const known = this.#faults.get(plugin);
      if (known === undefined) this.#faults.set(plugin, { count: 1, first: message });
      else known.count++;
    }
  }

  /** Adds the faults that another one counted; how long plugins took is of the whole process. */
  add(numbers: readonly PluginNumbers[]): void {
    for (const { name, errors, first_error } of numbers) {
      const known = this.#faults.get(name);
      if (known !== undefined) known.count += errors;
      else if (first_error !== null) this.#faults.set(name, { count: errors, first: first_error });
    }
  }

  /** By name: all plugins there are, and journeys of a file that failed. */
  numbers(): PluginNumbers[] {
    const slow = this.slow_calls?.counts() ?? new Map<string, never>();
    return [...new Set([...slow.keys(), ...this.#faults.keys()])].sort().map((name) => ({
      name,
      errors: this.#faults.get(name)?.count ?? 0,
      first_error: this.#faults.get(name)?.first ?? null,
      slow: slow.get(name)?.slow ?? 0,
      slowest_ms: Math.round((slow.get(name)?.slowest_ms ?? 0) * 10) / 10,
    }));
  }
}
