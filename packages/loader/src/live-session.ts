import {
  type DayLevels,
  type RunState,
  type SettingName,
  type Settings,
  type StatusSnapshot,
  targetsOf,
} from '@trafficinator/contract';
import { Books } from './account/books.ts';
import { renderMetrics } from './account/metrics.ts';
import { percentilesBetween } from './account/recent.ts';
import { type RunView, statusOf } from './account/status.ts';
import { sumOfVolumes, type Volume } from './account/volume.ts';
import { groupsOf, volumeOfGroup } from './live-sources.ts';
import { dayOf } from './pace/calendar.ts';
import type { Clock } from './pace/clock.ts';
import { levelsSince, meanLevel } from './pace/curve/live-levels.ts';

/** A run that has not begun: nothing counted, nothing in flight. */
const idle = (volume: Volume, today: () => string): RunView => ({
  books: new Books(),
  breaker: { state: 'closed' },
  inFlight: 0,
  waiting: 0,
  resumes_ms: null,
  volume,
  achievedPerDay: 0,
  numbers: [],
  today: () => ({ date: today(), visits: 0 }),
});

/** What was counted by a turn of the loop. */
interface Beat {
  readonly at_ms: number;
  readonly hits: number;
  readonly response: Float64Array;
  readonly lateness: Float64Array;
}

const stalledAfter_ms = 10_000;
const windowBeats = 10;

/** The state of one process as others see it, before, during and after its run. */
export class LiveSession {
  run_id = 'none';
  view: RunView;
  readonly #clock: Clock;
  readonly #version: string;
  #settings: Settings;
  #changed: readonly SettingName[];
  readonly #began_ms: number;
  #levels: DayLevels;
  #state: RunState = 'waiting';
  #since_ms: number;
  #reason: string | null = null;
  #beat_ms: number;
  #beats: Beat[] = [];

  constructor(clock: Clock, version: string, settings: Settings, changed: readonly SettingName[]) {
    this.#clock = clock;
    this.#version = version;
    this.#settings = settings;
    this.#changed = changed;
    this.#began_ms = clock.elapsed();
    this.#since_ms = clock.now();
    this.#beat_ms = clock.elapsed();
    this.#levels = levelsSince(settings, clock.now());
    this.view = this.#idle();
  }

  /** Other settings were read before the run began. */
  adopt(settings: Settings, changed: readonly SettingName[]): void {
    this.#settings = settings;
    this.#changed = changed;
    this.#levels = levelsSince(settings, this.#clock.now());
    this.view = this.#idle();
  }

  #idle(): RunView {
    const settings = this.#settings;
    const { list } = targetsOf(settings);
    const volumes = groupsOf(list).map((group) => volumeOfGroup(settings, list.strategy, group));
    return idle(sumOfVolumes(volumes), () => dayOf(this.#clock.now(), settings.timezone));
  }

  become(state: RunState, reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    this.#since_ms = this.#clock.now();
  }

  /** The loop turns: called about once a second. */
  beat(): void {
    this.#beat_ms = this.#clock.elapsed();
    const { tally, response, lateness } = this.view.books;
    this.#beats.push({
      at_ms: this.#beat_ms,
      hits: tally.hits.planned - tally.pending,
      response: response.counts.slice(),
      lateness: lateness.counts.slice(),
    });
    if (this.#beats.length > windowBeats + 1) this.#beats.shift();
  }

  status(): StatusSnapshot {
    return statusOf(this.view, {
      run_id: this.run_id,
      version: this.#version,
      settings: this.#settings,
      changed: this.#changed,
      state: this.#state,
      state_since_ms: this.#since_ms,
      reason: this.#reason,
      uptime_ms: this.#clock.elapsed() - this.#began_ms,
      hits_per_second: this.hitsPerSecond,
      recent: this.#recent(),
      level_today: this.meanLevel(this.#clock.now(), this.#clock.now()),
    });
  }

  /** The run began at this moment (epoch ms), perhaps in an earlier process: growth counts from there. */
  beganAt(started_at_ms: number): void {
    this.#levels = levelsSince(this.#settings, started_at_ms);
  }

  /** How the days from one moment (epoch ms) to another compare to what was asked for, on average. */
  meanLevel(from_ms: number, to_ms: number): number {
    return meanLevel(this.#levels, this.#settings.timezone, from_ms, to_ms);
  }

  /** Durations of the last ten seconds: those of a whole run hardly move any more. */
  #recent(): StatusSnapshot['recent'] {
    const first = this.#beats[0];
    const last = this.#beats.at(-1);
    if (first === undefined || last === undefined || last.at_ms <= first.at_ms) return null;
    return {
      seconds: Math.round(last.at_ms - first.at_ms) / 1000,
      response_ms: percentilesBetween(first.response, last.response),
      lateness_ms: percentilesBetween(first.lateness, last.lateness),
    };
  }

  /** Hits that got their outcome per second, over the last ten seconds. */
  get hitsPerSecond(): number {
    const first = this.#beats[0];
    const last = this.#beats.at(-1);
    if (first === undefined || last === undefined || last.at_ms <= first.at_ms) return 0;
    return ((last.hits - first.hits) * 1000) / (last.at_ms - first.at_ms);
  }

  /** The same in Prometheus' text format. */
  metrics(): Promise<{ readonly content_type: string; readonly body: string }> {
    return renderMetrics(this.view, this.status());
  }

  /** Alive: the loop turned lately. */
  live(): { readonly ok: boolean; readonly reason: string } {
    const silent_ms = this.#clock.elapsed() - this.#beat_ms;
    if (silent_ms < stalledAfter_ms) return { ok: true, reason: this.#state };
    return { ok: false, reason: `the loop has not turned for ${Math.round(silent_ms / 1000)} s` };
  }

  /** Ready: it does what it was asked to, and Matomo takes the hits. */
  ready(): { readonly ok: boolean; readonly reason: string } {
    const { state } = this.view.breaker;
    if (this.#state === 'failed') return { ok: false, reason: this.#reason ?? 'failed' };
    if (this.#state === 'running' && state !== 'closed') {
      return { ok: false, reason: 'the tracker does not answer; the circuit breaker is open' };
    }
    return { ok: true, reason: this.#state };
  }
}
