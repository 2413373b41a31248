import { defaultSettings, type RunState, type Settings } from '@trafficinator/contract';
import type { Caps } from '../account/caps.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { LiveState } from '../account/live-state.ts';
import { MemoryState } from '../account/memory-state.ts';
import { liveCrowd } from '../pace/live-crowd.ts';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan, type Plan } from '../plan/plan.ts';
import type { LiveRun } from '../run.ts';
import type { EndReason, LiveRunParts } from '../run-parts.ts';
import type { QueryOptions } from '../send/query.ts';
import { soleRun } from '../sole-run.ts';
import { accepts, type Script, ScriptedTransport } from './scripted-transport.ts';

export const seed = 7;
const second_ms = 1_000;

/** One visit a second, four hits and more each, quick pauses: the base of most rehearsals. */
const baseSettings: Settings = {
  ...defaultSettings,
  target_visits_per_day: 86_400,
  pageviews_min: 2,
  pageviews_max: 4,
  pause_between_pvs_min: 0.1,
  pause_between_pvs_max: 0.4,
};

export interface RehearsalOptions {
  readonly script?: Script;
  /** Continue with what an earlier rehearsal left. */
  readonly state?: LiveState;
  readonly clock?: VirtualClock;
  readonly from?: LiveRunParts['from'];
  readonly duration_ms?: number | null;
  /** Caps of the target's own, beside those of the settings. */
  readonly own_caps?: Caps;
  /** When the run began, if not now. */
  readonly started_at_ms?: number;
  /** What visits are made of; the built-in material when left out. */
  readonly material?: Material;
}

/** What a rehearsed run told about itself. */
export interface Told {
  readonly at_ms: number;
  readonly state: RunState;
  readonly resumes_ms: number | null;
}

export const queryOptions: QueryOptions = { site_id: 1, with_location: true, order_prefix: 'T-' };

/** A whole run in memory: a scripted far end, a virtual clock, a state without a file. */
export class Rehearsal {
  readonly clock: VirtualClock;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly transport: ScriptedTransport;
  readonly state: LiveState;
  readonly run: LiveRun;
  readonly told: Told[] = [];
  /** Wall-clock time at which monotonic time was 0. */
  readonly startedAt_ms: number;
  #ended: EndReason | null = null;
  #failure: unknown = null;

  constructor(changes: Partial<Settings>, options: RehearsalOptions = {}) {
    this.settings = { ...baseSettings, ...changes };
    this.clock = options.clock ?? new VirtualClock();
    this.startedAt_ms = this.clock.now() - Math.floor(this.clock.elapsed());
    const material = options.material ?? builtinMaterial();
    const crowd = liveCrowd(this.settings, material, seed);
    this.plan = compilePlan(this.settings, material, seed, crowd);
    this.transport = new ScriptedTransport(this.clock, options.script ?? (() => accepts()));
    this.state = options.state ?? freshState(this.clock);
    this.run = soleRun({
      clock: this.clock,
      settings: this.settings,
      plan: this.plan,
      funnels: material.funnels,
      seed,
      transport: this.transport,
      state: this.state,
      query: queryOptions,
      from: options.from ?? { index: 0, visits: 0, active_ms: 0 },
      started_at_ms: options.started_at_ms ?? this.startedAt_ms,
      duration_ms: options.duration_ms ?? null,
      own_caps: options.own_caps ?? null,
      ledger: new Ledger({ timezone: this.settings.timezone }),
      events: {
        changed: (state) => {
          const { resumes_ms } = this.run;
          this.told.push({ at_ms: this.clock.now(), state, resumes_ms });
        },
        beat: () => {},
      },
    });
  }

  get ended(): EndReason | null {
    return this.#ended;
  }

  start(): this {
    this.run.start().then(
      (reason) => {
        this.#ended = reason;
      },
      (error: unknown) => {
        this.#failure = error;
      },
    );
    return this;
  }

  /** Starts and moves time until the run ends; throws when it does not within `longest_ms`. */
  async toEnd(longest_ms = 3_600_000): Promise<EndReason> {
    return this.start().onToEnd(longest_ms);
  }

  /** Moves time until the started run ends. */
  async onToEnd(longest_ms = 3_600_000): Promise<EndReason> {
    const latest_ms = this.clock.now() + longest_ms;
    for (;;) {
      await this.clock.advance(0);
      if (this.#failure !== null) throw this.#failure;
      if (this.#ended !== null) return this.#ended;
      if (this.clock.now() >= latest_ms) throw new Error('the run does not end');
      await this.clock.advance(Math.min(second_ms, latest_ms - this.clock.now()));
    }
  }

  get tally() {
    return this.run.books.tally;
  }

  /** Visitors whose requests the far end saw, in the order of their first. */
  get visitors(): string[] {
    return [...new Set(this.transport.sent.map((sent) => sent.visitor))];
  }

  /** When each visitor's first request was sent: monotonic ms. */
  get begun_ms(): number[] {
    const first = new Map<string, number>();
    for (const { visitor, sent_ms } of this.transport.sent) {
      if (!first.has(visitor)) first.set(visitor, sent_ms);
    }
    return [...first.values()];
  }
}

export function freshState(clock: VirtualClock): MemoryState {
  const state = new MemoryState();
  state.begin({ run_id: 'live-t', seed, started_at_ms: clock.now(), settings_digest: '' });
  return state;
}
