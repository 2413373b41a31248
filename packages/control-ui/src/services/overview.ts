import type { FleetStatus } from '@trafficinator/contract/rest';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { KeptSettings } from '../ports/store/material.ts';
import type { Run } from '../ports/store/runs.ts';
import type { Composition } from './fleet/composition.ts';
import type { Fleet } from './fleet/fleet.ts';
import { type Closing, closingNumbers, fleetStatusOf } from './fleet/fleet-status.ts';
import type { RunBook } from './fleet/run-book.ts';
import { maskedValues, readValues } from './fleet/settings-in-force.ts';
import { loaderStatus, worst } from './fleet/states.ts';
import type { SettingsService } from './settings-service.ts';
import type { Watch } from './watch/watch.ts';

/** The values of a preset, built-in or own, by its name; null: there is none. */
export type PresetValues = (name: string) => Promise<Readonly<Record<string, unknown>> | null>;

export interface OverviewParts {
  readonly fleet: Fleet;
  readonly watch: Watch;
  readonly book: RunBook;
  readonly settings: SettingsService;
  readonly composition: Composition;
  readonly files: Files;
  readonly presets: PresetValues;
  readonly clock: Clock;
  readonly runner_kind: string;
}

const fresh_ms = 200;

/** The state of everything, as GET /api/status and the live stream tell it. */
export class Overview {
  readonly #parts: OverviewParts;
  #state: FleetStatus['state'] = 'idle';
  #since: string;
  #made: { readonly at_ms: number; readonly status: Promise<FleetStatus> } | null = null;

  constructor(parts: OverviewParts) {
    this.#parts = parts;
    this.#since = new Date(parts.clock.now()).toISOString();
  }

  /** However many ask at once, it is put together at most five times a second. */
  status(): Promise<FleetStatus> {
    const now_ms = this.#parts.clock.now();
    if (this.#made === null || now_ms - this.#made.at_ms >= fresh_ms || now_ms < this.#made.at_ms) {
      const made = this.#make();
      this.#made = { at_ms: now_ms, status: made };
      made.catch(() => {
        this.#made = null;
      });
    }
    return this.#made.status;
  }

  /** After something was done: the next one to ask sees it. */
  forget(): void {
    this.#made = null;
  }

  async #make(): Promise<FleetStatus> {
    const { fleet, settings, watch, book, clock } = this.#parts;
    const now_ms = clock.now();
    const loaders = fleet.loaders.map((seen) => loaderStatus(seen, now_ms));
    const kept = await settings.kept();
    const state = watch.engine.ok ? worst(loaders.map((each) => each.state)) : 'unknown';
    if (state !== this.#state) {
      this.#state = state;
      this.#since = new Date(now_ms).toISOString();
    }
    return fleetStatusOf({
      loaders,
      engine: { kind: this.#parts.runner_kind, ...watch.engine },
      since: this.#since,
      run_id: book.latest?.id ?? null,
      run_started_at: book.latest?.started_at ?? null,
      settings: maskedValues(kept.values),
      settings_changed: readValues(kept.values, 'plan').changed,
      preset: await this.#presetOf(kept),
      closing: closingOf(book.latest, fleet.runs),
      restart_needed: await this.#restartNeeded(kept),
      now_ms,
    });
  }

  /** Whether what runs was started with other settings or material than what is kept now. */
  async #restartNeeded(kept: KeptSettings): Promise<boolean> {
    const { fleet, book, files, composition } = this.#parts;
    const running = fleet.loaders.find(({ instance }) => instance.state === 'running');
    if (running === undefined || !fleet.runs || book.latest?.instances.length !== 1) return false;
    const { id } = running.instance;
    return files.differs(id, await composition.of(id, kept.values, null));
  }

  async #presetOf(kept: KeptSettings): Promise<{ name: string; modified: boolean } | null> {
    if (kept.preset === null) return null;
    const values = await this.#parts.presets(kept.preset);
    if (values === null) return null;
    const saved: Readonly<Record<string, unknown>> = readValues(kept.values, 'plan').settings;
    const modified = Object.entries(values).some(
      ([name, value]) => JSON.stringify(saved[name]) !== JSON.stringify(value),
    );
    return { name: kept.preset, modified };
  }
}

/** What the last run came to, if it has ended and nothing runs. */
function closingOf(latest: Run | null, runs: boolean): Closing | null {
  if (latest === null || latest.end === null || runs) return null;
  return closingNumbers.safeParse(latest.result).data ?? null;
}
