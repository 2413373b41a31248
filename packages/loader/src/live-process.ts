import {
  exitCodes,
  type RunSummary,
  type Settings,
  type Target,
  type TargetList,
} from '@trafficinator/contract';
import type { LiveState, RememberedRun } from './account/live-state.ts';
import { summaryOf } from './account/summary.ts';
import { systemClock } from './edge/clock.ts';
import type { Log } from './edge/log.ts';
import { Progress } from './edge/progress.ts';
import { waitForStart } from './edge/start-signal.ts';
import { endOf } from './live-end.ts';
import { identify, type LiveIdentity, rememberEnd } from './live-identity.ts';
import { refusalOf } from './live-preflight.ts';
import type { LiveSession } from './live-session.ts';
import { liveTargets } from './live-targets.ts';
import { clockTime } from './pace/calendar.ts';
import type { Material } from './plan/material/material.ts';
import type { TargetsRun } from './targets-run.ts';

export interface LiveProcessParts {
  readonly settings: Settings;
  readonly material: Material;
  readonly ca: string | null;
  readonly list: TargetList;
  /** One for all targets; with the strategy `independent` one for each. */
  readonly states: readonly LiveState[];
  readonly ownState: (target: Target) => LiveState;
  readonly session: LiveSession;
  readonly log: Log;
  /** Terminal that shows progress; null for log lines instead. */
  readonly progress: NodeJS.WriteStream | null;
  readonly duration_ms: number | null;
  readonly startNew: boolean;
  readonly notices: readonly string[];
}

interface Source {
  readonly state: LiveState;
  readonly identity: LiveIdentity;
}

interface Over {
  readonly finished: RememberedRun;
}

const isSource = (found: object): found is Source => 'identity' in found;

const beat_ms = 1_000;

/** One process of a live run, from waiting for its start to its summary. */
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
      if (!(await this.#started())) return this.#unbegun(began_ms, this.#stopSentence());
      const { list, settings, material, ca } = this.#parts;
      const refusal = await Promise.race([
        refusalOf(list, settings, material, ca, log),
        this.#whenStopped(),
      ]);
      if (this.#signal !== null) return this.#unbegun(began_ms, this.#stopSentence());
      if (refusal !== null) return this.#unbegun(began_ms, refusal);
      const sources = this.#sources();
      const going = sources.filter(isSource);
      if (going.length === 0) {
        return this.#unbegun(began_ms, this.#done(sources), exitCodes.ok.code);
      }
      for (const { identity } of going) {
        log.info(
          {
            run_id: identity.run_id,
            seed: identity.seed,
            from: identity.from.index,
            seconds_between_visits: Math.round(864_000 / settings.target_visits_per_day) / 10,
          },
          identity.resumed ? 'going on with the run' : 'new run',
        );
      }
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

  /** The run of each state: the one to go on with or begin, or the one that is over. */
  #sources(): (Source | Over)[] {
    const { settings, states, startNew } = this.#parts;
    const options = { startNew, keepsEnds: settings.state_dir !== null };
    return states.map((state) => {
      const found = identify(state, settings, systemClock.now(), options);
      return 'finished' in found ? found : { state, identity: found };
    });
  }

  #done(sources: readonly (Source | Over)[]): string {
    const over = sources.find((source) => 'finished' in source);
    const { run_id, ended } = over?.finished ?? { run_id: '', ended: null };
    const at = clockTime(ended?.at_ms ?? 0, this.#parts.settings.timezone);
    return `Nothing to do: run ${run_id} with these settings ended at ${at} (${ended?.reason}). Start another with --new and another SEED (or none: then its visitors are new).`;
  }

  async #started(): Promise<boolean> {
    const { settings, session, log } = this.#parts;
    if (settings.auto_start) return true;
    const reason = `waiting for ${settings.start_signal_file}`;
    session.become('waiting', reason);
    log.info(reason);
    return waitForStart(
      systemClock,
      settings.start_signal_file,
      settings.start_check_interval * 1000,
      this.#stopped.signal,
    );
  }

  async #live(sources: readonly Source[], began_ms: number): Promise<RunSummary> {
    const { settings, material, ca, session, log } = this.#parts;
    const { identity } = sources[0] as Source;
    const progress = new Progress(
      this.#parts.progress ?? process.stderr,
      (line, message) => log.info(line, message),
      this.#parts.progress !== null,
    );
    const run = liveTargets({
      clock: systemClock,
      settings,
      material,
      ca,
      list: this.#parts.list,
      sources,
      ownState: this.#parts.ownState,
      duration_ms: this.#parts.duration_ms,
      changed: (to, reason, target) => {
        session.become(to, reason);
        const { resumes_ms } = session.view;
        const resumes_at = resumes_ms === null ? null : clockTime(resumes_ms, settings.timezone);
        log.info({ state: to, reason, resumes_at, target }, to);
      },
      beat: () => progress.beat(session.status()),
    });
    this.#run = run;
    session.run_id = identity.run_id;
    session.view = run;
    const reason = await run.start();
    progress.end();
    for (const source of sources) {
      const unnoted = rememberEnd(source.state, reason, source.identity, systemClock.now());
      if (unnoted !== null) log.error({ code: unnoted.code }, unnoted.message);
    }
    const stopped = [this.#signal?.exitCode ?? 143, this.#stopSentence()] as const;
    const [exit_code, exit_reason] =
      reason === 'signal' ? stopped : endOf(reason, settings, run.books);
    session.become(exit_code === exitCodes.ok.code ? 'finished' : 'failed', exit_reason);
    return summaryOf(run.books, {
      run_id: identity.run_id,
      seed: identity.seed,
      settings,
      exit_code,
      exit_reason,
      achieved_per_day: run.achievedPerDay,
      started_at_ms: began_ms,
      ended_at_ms: systemClock.now(),
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
    const { settings, session } = this.#parts;
    session.become(exit_code === exitCodes.ok.code ? 'finished' : 'failed', exit_reason);
    return summaryOf(session.view.books, {
      run_id: session.run_id,
      seed: settings.seed ?? 0,
      settings,
      exit_code,
      exit_reason,
      achieved_per_day: 0,
      started_at_ms: began_ms,
      ended_at_ms: systemClock.now(),
      resumed_from: null,
      notices: this.#parts.notices,
      targets: [],
    });
  }

  #stopSentence(): string {
    return `Stopped by ${this.#signal?.name ?? 'a signal'} before the end.`;
  }
}
