import {
  exitCodes,
  type RunSummary,
  type Settings,
  type Target,
  type TargetList,
} from '@trafficinator/contract';
import type { LiveState } from './account/live-state.ts';
import { PluginNotes } from './account/plugin-notes.ts';
import { summaryOf } from './account/summary.ts';
import { atLevel } from './account/volume.ts';
import { systemClock } from './edge/clock.ts';
import type { Log } from './edge/log.ts';
import { Progress } from './edge/progress.ts';
import { deliveryTo } from './live-delivery.ts';
import { endOf, stopSentence, unbegunSummary } from './live-end.ts';
import { rememberEnd } from './live-identity.ts';
import { refusalOf } from './live-preflight.ts';
import type { LiveSession } from './live-session.ts';
import {
  type LiveSource,
  type OverSource,
  sourcesOf,
  type TargetGroup,
  volumeOfGroup,
} from './live-sources.ts';
import { liveTargets } from './live-targets.ts';
import { clockTime } from './pace/calendar.ts';
import { levelsSince, meanLevel } from './pace/curve/live-levels.ts';
import type { Material } from './plan/material/material.ts';
import type { TargetsRun } from './targets-run.ts';

export interface LiveProcessParts {
  readonly settings: Settings;
  readonly material: Material;
  readonly ca: string | null;
  readonly list: TargetList;
  readonly groups: readonly TargetGroup[];
  readonly ownState: (target: Target) => LiveState;
  readonly session: LiveSession;
  readonly log: Log;
  /** Terminal that shows progress; null for log lines instead. */
  readonly progress: NodeJS.WriteStream | null;
  readonly duration_ms: number | null;
  readonly startNew: boolean;
  readonly notices: readonly string[];
}

const beat_ms = 1_000;

/** Tenths are enough; null on a day without visits. */
const secondsBetween = (visitsPerDay: number): number | null =>
  visitsPerDay > 0 ? Math.round(864_000 / visitsPerDay) / 10 : null;

/** One process of a live run, from asking its targets to its summary. */
export class LiveProcess {
  readonly #parts: LiveProcessParts;
  readonly #stopped = new AbortController();
  #signal: { exitCode: 130 | 143; name: string } | null = null;
  #run: TargetsRun | null = null;

  constructor(parts: LiveProcessParts) {
    this.#parts = parts;
  }

  /** A stop signal: the first drains, the second stops at once. */
  stop(exitCode: 130 | 143, name: string): void {
    const { log, settings } = this.#parts;
    const again = this.#signal !== null;
    this.#signal ??= { exitCode, name };
    if (again) log.warn({ signal: name }, 'second stop signal: stopping at once');
    else log.info({ signal: name, drain_seconds: settings.drain_seconds }, 'stop signal: draining');
    this.#stopped.abort();
    this.#run?.stop();
  }

  async run(): Promise<RunSummary> {
    const { session, log } = this.#parts;
    const began_ms = systemClock.now();
    const beats = setInterval(() => session.beat(), beat_ms);
    try {
      const { list, settings, material, ca } = this.#parts;
      const refusal = await Promise.race([
        refusalOf(list, settings, material, ca, log),
        this.#whenStopped(),
      ]);
      if (this.#signal !== null) return this.#unbegun(began_ms, this.#stopSentence());
      if (refusal !== null) return this.#unbegun(began_ms, refusal);
      const { groups, startNew } = this.#parts;
      const behaviour = material.behaviour?.digest ?? null;
      const now_ms = systemClock.now();
      const { going, over } = sourcesOf(groups, settings, now_ms, startNew, behaviour);
      const done = over.map((source) => this.#done(source));
      if (going.length === 0) return this.#unbegun(began_ms, done[0] ?? '', exitCodes.ok.code);
      for (const sentence of done) log.info(sentence);
      for (const source of going) this.#logBegin(source);
      return await this.#live(going, began_ms);
    } finally {
      clearInterval(beats);
    }
  }

  /** A stop signal does not wait for a target's answer. */
  #whenStopped(): Promise<null> {
    const { signal } = this.#stopped;
    return new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      else signal.addEventListener('abort', () => resolve(null), { once: true });
    });
  }

  #logBegin({ identity, targets }: LiveSource): void {
    const { settings, list, log } = this.#parts;
    const { run_id, seed, from, resumed, changed, started_at_ms } = identity;
    const volume = volumeOfGroup(settings, list.strategy, targets);
    const now_ms = systemClock.now();
    const levels = levelsSince(settings, started_at_ms);
    const level = meanLevel(levels, settings.timezone, now_ms, now_ms);
    const line = {
      run_id,
      seed,
      from: from.index,
      seconds_between_visits: secondsBetween(atLevel(volume, level)),
      ...(list.targets.length > 1 && { targets: targets.map(({ name }) => name) }),
    };
    log.info(line, resumed ? 'going on with the run' : 'new run');
    if (changed) log.warn({ run_id }, 'it was begun with other settings, journeys or plugins');
  }

  #done({ finished: { run_id, ended }, targets }: OverSource): string {
    const { settings, list } = this.#parts;
    const at = clockTime(ended?.at_ms ?? 0, settings.timezone);
    const names = targets.map(({ name }) => `“${name}”`).join(', ');
    const what =
      targets.length === list.targets.length ? 'Nothing to do' : `${names}: nothing to do`;
    return `${what}: run ${run_id} with these settings ended at ${at} (${ended?.reason}). Start another with --new and another SEED (or none: then its visitors are new).`;
  }

  async #live(sources: readonly LiveSource[], began_ms: number): Promise<RunSummary> {
    const { settings, material, ca, list, session, log } = this.#parts;
    const { identity } = sources[0] as LiveSource;
    const progress = new Progress(
      this.#parts.progress ?? process.stderr,
      (line, message) => log.info(line, message),
      this.#parts.progress !== null,
    );
    const notes = new PluginNotes((line, message) => log.warn(line, message));
    const run = liveTargets({
      clock: systemClock,
      settings,
      material,
      strategy: list.strategy,
      sources,
      sole: list.targets.length === 1,
      delivery: (target) => deliveryTo(target, settings, ca),
      ownState: this.#parts.ownState,
      duration_ms: this.#parts.duration_ms,
      changed: ({ target, state, reason, resumes_ms, all }) => {
        if (all !== null) session.become(all.state, all.reason);
        const resumes_at = resumes_ms === null ? null : clockTime(resumes_ms, settings.timezone);
        log.info({ state, reason, resumes_at, target }, state);
      },
      beat: () => {
        const status = session.status();
        progress.beat(status);
        notes.beat(status.plugins);
      },
    });
    this.#run = run;
    session.run_id = identity.run_id;
    session.beganAt(identity.started_at_ms);
    session.view = run;
    const ends = await run.start();
    progress.end();
    notes.end(run.books.plugins.numbers());
    for (const { source, reason } of ends) {
      const unnoted = rememberEnd(source.state, reason, source.identity, systemClock.now());
      if (unnoted !== null) log.error({ code: unnoted.code }, unnoted.message);
    }
    const stopped = { exit_code: this.#signal?.exitCode ?? 143, sentence: this.#stopSentence() };
    const [exit_code, exit_reason] = endOf(ends, settings, run.books, stopped);
    session.become(exit_code === exitCodes.ok.code ? 'finished' : 'failed', exit_reason);
    const ended_at_ms = systemClock.now();
    return summaryOf(run.books, {
      run_id: identity.run_id,
      seed: identity.seed,
      settings,
      exit_code,
      exit_reason,
      achieved_per_day: run.achievedPerDay,
      planned_per_day: atLevel(run.volume, session.meanLevel(began_ms, ended_at_ms)),
      started_at_ms: began_ms,
      ended_at_ms,
      resumed_from: identity.resumed ? identity.from.index : null,
      notices: this.#parts.notices,
      targets: run.numbers,
    });
  }

  /** The summary of a process that never sent anything. */
  #unbegun(
    began_ms: number,
    exit_reason: string,
    exit_code: number = this.#signal?.exitCode ?? exitCodes.target_unusable.code,
  ): RunSummary {
    const { settings, session, notices } = this.#parts;
    const ended_ms = systemClock.now();
    const end = { settings, began_ms, ended_ms, exit_code, exit_reason, notices };
    return unbegunSummary(session, end);
  }

  #stopSentence(): string {
    return stopSentence(this.#signal?.name ?? 'a signal');
  }
}
