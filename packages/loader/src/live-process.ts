import { exitCodes, type RunSummary, type Settings } from '@trafficinator/contract';
import type { LiveState } from './account/live-state.ts';
import { missedThreshold, summaryOf } from './account/summary.ts';
import { systemClock } from './edge/clock.ts';
import { orderPrefixOf } from './edge/identity.ts';
import type { Log } from './edge/log.ts';
import { Progress } from './edge/progress.ts';
import { waitForStart } from './edge/start-signal.ts';
import { userAgent } from './edge/version.ts';
import { identify, type LiveIdentity } from './live-identity.ts';
import type { LiveSession } from './live-session.ts';
import { clockTime } from './pace/calendar.ts';
import type { Material } from './plan/material/material.ts';
import { compilePlan } from './plan/plan.ts';
import { LiveRun } from './run.ts';
import type { EndReason } from './run-parts.ts';
import { preflight } from './send/preflight.ts';
import { HttpTransport } from './send/transport.ts';

export interface LiveProcessParts {
  readonly settings: Settings;
  readonly material: Material;
  readonly ca: string | null;
  readonly state: LiveState;
  readonly session: LiveSession;
  readonly log: Log;
  /** Terminal that shows progress; null for log lines instead. */
  readonly progress: NodeJS.WriteStream | null;
  readonly duration_ms: number | null;
  readonly startNew: boolean;
  readonly notices: readonly string[];
}

const preflight_ms = 10_000;
const beat_ms = 1_000;

const sentences: Record<Exclude<EndReason, 'signal'>, (settings: Settings) => string> = {
  max_visits: (s) => `All ${s.max_visits} visits are sent (MAX_VISITS).`,
  duration: () => 'The time that was asked for is over.',
  auto_stop: (s) => `The run has run for ${s.auto_stop_after_hours} hours (AUTO_STOP_AFTER_HOURS).`,
  target_refuses: () =>
    'Matomo refused the first hits, so it would refuse them all. Run `trafficinator check` to see why.',
  target_unreachable: () =>
    'Matomo did not answer a single hit. Run `trafficinator check` to see why.',
  state_unusable: (s) =>
    `The state cannot be written (STATE_DIR=${s.state_dir ?? 'default'}): no visit is sent that cannot be counted.`,
};

/** One process of a live run, from waiting for its start to its summary. */
export class LiveProcess {
  readonly #parts: LiveProcessParts;
  readonly #stopped = new AbortController();
  #signal: { exitCode: 130 | 143; name: string } | null = null;
  #run: LiveRun | null = null;

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
    const { settings, state, session, log, material } = this.#parts;
    const began_ms = systemClock.now();
    const beats = setInterval(() => session.beat(), beat_ms);
    try {
      if (!(await this.#started())) return this.#unbegun(began_ms, this.#stopSentence());
      const refusal = await this.#refusal(material);
      if (this.#signal !== null) return this.#unbegun(began_ms, this.#stopSentence());
      if (refusal !== null) return this.#unbegun(began_ms, refusal);
      const identity = identify(state, settings, systemClock.now(), {
        startNew: this.#parts.startNew,
        keepsEnds: settings.state_dir !== null,
      });
      if ('finished' in identity) {
        const { run_id, ended } = identity.finished;
        const at = clockTime(ended?.at_ms ?? 0, settings.timezone);
        return this.#unbegun(
          began_ms,
          `Nothing to do: run ${run_id} with these settings ended at ${at} (${ended?.reason}). Start another with --new or another SEED.`,
          exitCodes.ok.code,
        );
      }
      log.info(
        { run_id: identity.run_id, seed: identity.seed, from: identity.from.index },
        identity.resumed ? 'going on with the run' : 'new run',
      );
      return await this.#live(identity, began_ms);
    } finally {
      clearInterval(beats);
    }
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

  /** Asks the target before the first hit; a sentence when it cannot succeed. */
  async #refusal(material: Material): Promise<string | null> {
    const { settings, ca, log } = this.#parts;
    const origins = [...new Set(material.pages.map((page) => new URL(page.url.raw).origin))];
    const timeout_ms = Math.min(preflight_ms, settings.request_timeout_seconds * 1000);
    const problems = await preflight(settings, { ca, user_agent: userAgent, timeout_ms, origins });
    for (const found of problems) {
      const say =
        found.severity === 'error' ? 'error' : found.severity === 'warning' ? 'warn' : 'info';
      log[say]({ code: found.code }, `${found.message} ${found.remedy}`);
    }
    const first = problems.find((p) => p.severity === 'error');
    return first === undefined ? null : `${first.message} ${first.remedy}`;
  }

  async #live(identity: LiveIdentity, began_ms: number): Promise<RunSummary> {
    const { settings, material, ca, state, session, log } = this.#parts;
    const token = settings.matomo_token_auth;
    const progress = new Progress(
      this.#parts.progress ?? process.stderr,
      (line, message) => log.info(line, message),
      this.#parts.progress !== null,
    );
    const run = new LiveRun({
      clock: systemClock,
      settings,
      plan: compilePlan(settings, material, identity.seed),
      seed: identity.seed,
      transport: new HttpTransport({
        url: settings.matomo_url ?? '',
        token,
        connections: Math.min(settings.max_connections, settings.concurrency),
        connect_timeout_ms: settings.connect_timeout_seconds * 1000,
        request_timeout_ms: settings.request_timeout_seconds * 1000,
        ca,
        tls_insecure: settings.tls_insecure,
        user_agent: userAgent,
      }),
      state,
      query: {
        site_id: settings.matomo_site_id,
        with_location: token !== null && settings.randomize_visitor_countries,
        order_prefix: orderPrefixOf(identity.run_id),
      },
      from: identity.from,
      duration_ms: this.#parts.duration_ms,
      ledger: null,
      events: {
        changed: (to, reason) => {
          session.become(to, reason);
          const resumes_at =
            run.resumes_ms === null ? null : clockTime(run.resumes_ms, settings.timezone);
          log.info({ state: to, reason, resumes_at }, to);
        },
        beat: () => progress.beat(session.status()),
      },
    });
    this.#run = run;
    session.run_id = identity.run_id;
    session.view = run;
    const reason = await run.start();
    progress.end();
    if (reason !== 'signal') state.end(reason, systemClock.now());
    const [exit_code, exit_reason] = this.#verdict(reason, run);
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
    });
  }

  #verdict(reason: EndReason, run: LiveRun): readonly [number, string] {
    const { settings } = this.#parts;
    if (reason === 'signal') return [this.#signal?.exitCode ?? 143, this.#stopSentence()];
    const sentence = sentences[reason](settings);
    if (reason === 'state_unusable') return [exitCodes.settings_invalid.code, sentence];
    if (reason === 'target_refuses' || reason === 'target_unreachable') {
      return [exitCodes.target_unusable.code, sentence];
    }
    const missed = missedThreshold(run.books, settings);
    if (missed === null) return [exitCodes.ok.code, sentence];
    return [exitCodes.not_delivered.code, `${sentence} ${missed}`];
  }

  #stopSentence(): string {
    return `Stopped by ${this.#signal?.name ?? 'a signal'} before the end.`;
  }
}
