import {
  type BackfillReport,
  exitCodeOf,
  exitCodes,
  formatProblem,
  type Problem,
  type Settings,
  type TargetFeatures,
} from '@trafficinator/contract';
import type { BatchJournal } from '../account/batches/batch.ts';
import { StateError } from '../account/live-state.ts';
import { systemClock } from '../edge/clock.ts';
import { backfillOrderPrefix } from '../edge/identity.ts';
import type { Log } from '../edge/log.ts';
import { writeReport } from '../edge/report-file.ts';
import { clockTime } from '../pace/calendar.ts';
import type { Material } from '../plan/material/material.ts';
import { reportingOf, transportOf } from './connections.ts';
import { Halt } from './halt.ts';
import { stateProblem } from './halts.ts';
import { nextSteps } from './next-steps.ts';
import { planBackfill } from './planned.ts';
import { reportOf } from './report.ts';
import { BackfillRun } from './run.ts';
import type { TakenUp } from './take-up.ts';

export interface BackfillProcessParts {
  readonly settings: Settings;
  /** The target's name, where there are several; null: it is the only one. */
  readonly target: string | null;
  readonly features: TargetFeatures;
  readonly material: Material;
  readonly ca: string | null;
  readonly journal: BatchJournal;
  readonly taken: TakenUp;
  readonly bulk: boolean;
  readonly log: Log;
  readonly report_path: string;
  /** Shows how it goes; called about once a second. */
  readonly progress: (report: BackfillReport) => void;
}

type End = Pick<BackfillReport, 'state' | 'exit_code' | 'exit_reason'>;

const beat_ms = 1_000;
const reportEvery_beats = 5;
const stalledAfter_ms = 10_000;
const running: End = { state: 'running', exit_code: null, exit_reason: null };

/** One process of a backfill, from its first batch to its report. */
export class BackfillProcess {
  readonly #parts: BackfillProcessParts;
  readonly #run: BackfillRun;
  readonly #began_ms = systemClock.elapsed();
  #beat_ms = this.#began_ms;
  #signal: { exitCode: 130 | 143; name: string } | null = null;
  #end: End = running;
  /** Once it has ended nothing about it changes, the rates neither. */
  #last: BackfillReport | null = null;
  #beats = 0;

  constructor(parts: BackfillProcessParts) {
    this.#parts = parts;
    const { settings, material, journal, bulk, ca } = parts;
    const { backfill, window } = parts.taken;
    const { seed, lanes } = backfill;
    this.#run = new BackfillRun({
      clock: systemClock,
      settings,
      funnels: material.funnels,
      ...planBackfill(backfill, settings, material, parts.features),
      backfill,
      journal,
      transport: transportOf(settings, ca, lanes),
      reporting: reportingOf(settings, ca),
      query: {
        site_id: settings.matomo_site_id,
        with_location: settings.randomize_visitor_countries,
        order_prefix: backfillOrderPrefix({ ...backfill.settings, seed, window }),
      },
      bulk,
      slow_calls: material.behaviour?.slow_calls ?? null,
    });
  }

  /** First call: the batches under way are waited for. Second call: it stops at once. */
  stop(exitCode: 130 | 143, name: string): void {
    const again = this.#signal !== null;
    this.#signal ??= { exitCode, name };
    this.#parts.log.info(
      { signal: name },
      again ? 'stopping at once' : 'stopping after the requests under way',
    );
    this.#run.stop(again);
    if (!again) {
      const drain_ms = this.#parts.settings.drain_seconds * 1000;
      setTimeout(() => this.#run.stop(true), drain_ms).unref();
    }
  }

  /** Resolves to the report of the end. Rejects only if this program is broken; the report tells that too. */
  async run(): Promise<BackfillReport> {
    const beats = setInterval(() => this.#beat(), beat_ms);
    try {
      const filled = this.#run.start();
      this.#write();
      this.#end = (await filled) ? this.#filled() : this.#stopped();
    } catch (error) {
      if (error instanceof Halt) this.#end = this.#halted(error.problem);
      else if (error instanceof StateError) this.#end = this.#halted(stateProblem(error));
      else {
        const exit_code = exitCodes.unexpected.code;
        this.#end = { state: 'halted', exit_code, exit_reason: String(error) };
        throw error;
      }
    } finally {
      clearInterval(beats);
      await this.#run.close();
      this.#last = this.#report();
      this.#write();
    }
    return this.#last;
  }

  /** How it stands. */
  report(): BackfillReport {
    return this.#last ?? this.#report();
  }

  #report(): BackfillReport {
    const { settings, target, bulk, taken } = this.#parts;
    const { first_day, last_day } = taken.window;
    const steps = () =>
      nextSteps(settings.matomo_site_id, first_day, last_day, taken.backfill.zone, target);
    return reportOf(this.#run.books, {
      ...this.#end,
      backfill: taken.backfill,
      last_day,
      settings,
      bulk,
      took_ms: systemClock.elapsed() - this.#began_ms,
      now_ms: systemClock.now(),
      next_steps: this.#end.state === 'finished' ? steps() : [],
    });
  }

  /** Alive: the loop turned lately. */
  live(): { readonly ok: boolean; readonly reason: string } {
    const silent_ms = systemClock.elapsed() - this.#beat_ms;
    if (silent_ms < stalledAfter_ms) return { ok: true, reason: this.#end.state };
    return { ok: false, reason: `the loop has not turned for ${Math.round(silent_ms / 1000)} s` };
  }

  /** Ready: Matomo takes the hits. */
  ready(): { readonly ok: boolean; readonly reason: string } {
    const { trouble } = this.#run.patience;
    if (trouble === null) return { ok: true, reason: this.#end.state };
    const seconds = Math.round(trouble.lasted_ms / 1000);
    return { ok: false, reason: `nothing has succeeded for ${seconds} s (${trouble.reason})` };
  }

  /** Requests that this process has sent to the tracker. */
  get requests(): number {
    return this.#run.books.mine.requests;
  }

  #beat(): void {
    this.#beat_ms = systemClock.elapsed();
    this.#parts.progress(this.report());
    if (++this.#beats % reportEvery_beats === 0) this.#write();
  }

  #write(): void {
    const { report_path, log } = this.#parts;
    try {
      writeReport(report_path, this.report());
    } catch (error) {
      log.warn({ path: report_path }, `no report: ${(error as Error).message}`);
    }
  }

  #filled(): End {
    const { backfill } = this.#parts.taken;
    const { total } = this.#run.books;
    const missing = total.hits - total.accepted;
    const share = total.hits === 0 ? 0 : missing / total.hits;
    const isGood = share <= this.#parts.settings.fail_if_error_rate_above;
    const at = backfill.ended_at_ms;
    const before =
      at === null
        ? 'The window is filled'
        : `Nothing to do: the window was filled at ${clockTime(at, backfill.zone)} (--restart fills it once more)`;
    return {
      state: 'finished',
      exit_code: (isGood ? exitCodes.ok : exitCodes.not_delivered).code,
      exit_reason: isGood
        ? `${before}.`
        : `${before}, but ${missing} of ${total.hits} hits were not accepted.`,
    };
  }

  #stopped(): End {
    const name = this.#signal?.name ?? 'a signal';
    return {
      state: 'stopped',
      exit_code: this.#signal?.exitCode ?? exitCodes.terminated.code,
      exit_reason: `Stopped by ${name}; the same command goes on where it stopped.`,
    };
  }

  #halted(found: Problem): End {
    this.#parts.log.error({ code: found.code }, formatProblem(found));
    return {
      state: 'halted',
      exit_code: exitCodeOf(found.code),
      exit_reason: `${found.message} ${found.remedy}`,
    };
  }
}
