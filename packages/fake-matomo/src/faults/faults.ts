import { seededDraws } from './draws.ts';
import { type FaultSettings, type FaultSettingsInput, faultsSchema } from './settings.ts';

type Occurring = 'latency' | 'answer' | 'reset_before_commit' | 'reset_after_commit';
type FaultName = Occurring | 'never_answer' | 'rollback';

/** The faults in force. Tests set them in process; `/__stand-in/faults` sets them over HTTP. */
export class Faults {
  #settings: FaultSettings = faultsSchema.parse({});
  #draw = seededDraws(1);
  #left = new Map<FaultName, number>();
  #inForce = new AbortController();
  readonly #injected = new Map<FaultName | 'deadlock' | 'queue', number>();

  /** Replaces all faults and ends the waits of the old ones. @throws z.ZodError when the settings are not of the schema. */
  set(settings: FaultSettingsInput): void {
    this.#settings = faultsSchema.parse(settings);
    this.#draw = seededDraws(this.#settings.seed);
    this.#left = new Map();
    this.#inForce.abort();
    this.#inForce = new AbortController();
  }

  clear(): void {
    this.set({});
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Aborted when the faults in force are replaced. */
  get inForce(): AbortSignal {
    return this.#inForce.signal;
  }

  /** How often each fault struck since the start or the last reset. */
  get injected(): Record<string, number> {
    return Object.fromEntries(this.#injected);
  }

  forgetCounts(): void {
    this.#injected.clear();
  }

  count(name: FaultName | 'deadlock' | 'queue'): void {
    this.#injected.set(name, (this.#injected.get(name) ?? 0) + 1);
  }

  /**
   * Whether a fault strikes the request at hand, and with what settings. Every asking counts
   * towards the fault's `next` requests, struck or spared.
   */
  strike<Name extends FaultName>(name: Name): NonNullable<FaultSettings[Name]> | null {
    const fault = this.#settings[name];
    if (fault === undefined) return null;
    const left = this.#left.get(name) ?? fault.next;
    if (left === 0) return null;
    if (left !== null) this.#left.set(name, left - 1);
    if (this.#draw() >= fault.share) return null;
    this.count(name);
    return fault;
  }

  /** The time to wait before a request is worked on, in milliseconds. */
  latency_ms(): number {
    const latency = this.strike('latency');
    if (latency === null) return 0;
    return Math.round(latency.min_ms + this.#draw() * (latency.max_ms - latency.min_ms));
  }
}
