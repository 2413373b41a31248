import {
  defaultSettings,
  type Settings,
  type Target,
  type TargetList,
  targetsOf,
} from '@trafficinator/contract';
import { MemoryState } from '../account/memory-state.ts';
import type { SourceEnd } from '../live-end.ts';
import { groupsOf, type LiveSource, sourcesOf } from '../live-sources.ts';
import { liveTargets } from '../live-targets.ts';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { StateChange, TargetsRun } from '../targets-run.ts';
import { accepts, type Script, ScriptedTransport } from './scripted-transport.ts';

const second_ms = 1_000;

/** What a test says of a target; the rest is made up. */
export type TargetSketch = { readonly name: string } & Partial<Omit<Target, 'name'>>;

/** The settings of a run to several targets: one visit a second, quick pauses, kept ends. */
export function settingsFor(
  targets: readonly TargetSketch[],
  changes: Partial<Settings> = {},
): Settings {
  const list = targets.map((each, at) => ({ url: 'http://127.0.0.1', site_id: at + 1, ...each }));
  return {
    ...defaultSettings,
    target_visits_per_day: 86_400,
    pageviews_min: 2,
    pageviews_max: 3,
    pause_between_pvs_min: 0.1,
    pause_between_pvs_max: 0.4,
    state_dir: 'in memory',
    seed: 7,
    targets: JSON.stringify(list),
    ...changes,
  };
}

/** A whole run to several targets in memory: a scripted far end each, a virtual clock, no file. */
export class TargetsRehearsal {
  readonly clock: VirtualClock;
  readonly list: TargetList;
  readonly sources: readonly LiveSource[];
  readonly run: TargetsRun;
  readonly told: StateChange[] = [];
  readonly transports = new Map<string, ScriptedTransport>();
  readonly states: readonly MemoryState[];
  beats = 0;
  #ends: readonly SourceEnd[] | null = null;

  /** `scripts`: what the far end of a target does, by name. `states`: what earlier ones left. */
  constructor(
    settings: Settings,
    scripts: Readonly<Record<string, Script>> = {},
    states: readonly MemoryState[] | null = null,
    clock = new VirtualClock(),
  ) {
    this.clock = clock;
    this.list = targetsOf(settings).list;
    const groups = groupsOf(this.list);
    this.states = states ?? groups.map(() => new MemoryState());
    const held = groups.map((targets, at) => ({ targets, state: this.states[at] as MemoryState }));
    this.sources = sourcesOf(held, settings, clock.now(), false).going;
    this.run = liveTargets({
      clock,
      settings,
      material: builtinMaterial(),
      strategy: this.list.strategy,
      sources: this.sources,
      sole: this.list.targets.length === 1,
      delivery: ({ name }) => {
        const transport = new ScriptedTransport(clock, scripts[name] ?? (() => accepts()));
        this.transports.set(name, transport);
        return { kind: 'single', transport };
      },
      ownState: () => new MemoryState(),
      duration_ms: null,
      changed: (change) => this.told.push(change),
      beat: () => {
        this.beats++;
      },
    });
  }

  start(): this {
    void this.run.start().then((ends) => {
      this.#ends = ends;
    });
    return this;
  }

  /** Moves time until all have ended; throws when they do not within `longest_ms`. */
  async toEnd(longest_ms = 3_600_000): Promise<readonly SourceEnd[]> {
    const latest_ms = this.clock.now() + longest_ms;
    for (;;) {
      await this.clock.advance(0);
      if (this.#ends !== null) return this.#ends;
      if (this.clock.now() >= latest_ms) throw new Error('the runs do not end');
      await this.clock.advance(second_ms);
    }
  }

  /** Visits that a target's far end saw the beginning of. */
  visitsTo(name: string): number {
    return new Set(this.transports.get(name)?.sent.map((sent) => sent.visitor)).size;
  }
}
