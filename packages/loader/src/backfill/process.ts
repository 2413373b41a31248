import {
  type BackfillReport,
  exitCodeOf,
  exitCodes,
  formatProblem,
  type Problem,
  type Settings,
} from '@trafficinator/contract';
import type { BatchJournal } from '../account/batches/batch.ts';
import { StateError } from '../account/live-state.ts';
import { systemClock } from '../edge/clock.ts';
import { backfillOrderPrefix } from '../edge/identity.ts';
import type { Log } from '../edge/log.ts';
import { writeReport } from '../edge/report-file.ts';
import { userAgent } from '../edge/version.ts';
import { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import { apiPath } from '../send/preflight/api.ts';
import { Asker } from '../send/preflight/ask.ts';
import { Reporting } from '../send/reporting.ts';
import { HttpTransport } from '../send/transport.ts';
import { Halt } from './halt.ts';
import { nextSteps } from './next-steps.ts';
import { reportOf } from './report.ts';
import { BackfillRun } from './run.ts';
import type { TakenUp } from './take-up.ts';

export interface BackfillProcessParts {
  readonly settings: Settings;
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

const beat_ms = 1_000;
const reportEvery_beats = 5;

/** One process of a backfill, from its first batch to its report. */
export class BackfillProcess {
  readonly #parts: BackfillProcessParts;
  readonly #run: BackfillRun;
  readonly #reporting: Reporting;
  readonly #transport: HttpTransport;
  readonly #began_ms = systemClock.elapsed();
  #signal: { exitCode: 130 | 143; name: string } | null = null;
  #beats = 0;

  constructor(parts: BackfillProcessParts) {
    this.#parts = parts;
    const { settings, material, journal, bulk } = parts;
    const { backfill, window } = parts.taken;
    this.#reporting = reportingOf(settings, parts.ca);
    this.#transport = transportOf(settings, parts.ca, backfill.lanes);
    this.#run = new BackfillRun({
      clock: systemClock,
      settings,
      plan: compilePlan(settings, material, backfill.seed),
      schedule: new BackfillSchedule(
        window,
        backfill.zone,
        backfill.cut_ms,
        backfill.seed,
        settings,
      ),
      backfill,
      journal,
      transport: this.#transport,
      reporting: this.#reporting,
      query: {
        site_id: settings.matomo_site_id,
        with_location: settings.randomize_visitor_countries,
        order_prefix: backfillOrderPrefix({ ...backfill.settings, seed: backfill.seed, window }),
      },
      bulk,
    });
  }

  /** First call: the batches under way are waited for. Second call: it stops at once. */
  stop(exitCode: 130 | 143, name: string): void {
    const again = this.#signal !== null;
    this.#signal ??= { exitCode, name };
    this.#parts.log.info(
      { signal: name },
      again ? 'stopping at once' : 'stopping after this batch',
    );
    this.#run.stop(again);
    if (!again) {
      const drain_ms = this.#parts.settings.drain_seconds * 1000;
      setTimeout(() => this.#run.stop(true), drain_ms).unref();
    }
  }

  async run(): Promise<BackfillReport> {
    const beats = setInterval(() => this.#beat(), beat_ms);
    try {
      const filled = await this.#run.start();
      return this.#close(filled ? this.#filled() : this.#stopped());
    } catch (error) {
      if (error instanceof Halt) return this.#close(this.#halted(error.problem));
      if (error instanceof StateError) return this.#close(this.#halted(stateProblem(error)));
      throw error;
    } finally {
      clearInterval(beats);
      await this.#reporting.close();
      await this.#transport.destroy();
    }
  }

  /** How it stands. */
  report(
    state: BackfillReport['state'] = 'running',
    exit_code: number | null = null,
    exit_reason: string | null = null,
  ): BackfillReport {
    const { settings, bulk, taken } = this.#parts;
    const { first_day, last_day } = taken.window;
    const finished = state === 'finished';
    return reportOf(this.#run.books, {
      backfill: taken.backfill,
      last_day,
      settings,
      bulk,
      state,
      exit_code,
      exit_reason,
      took_ms: systemClock.elapsed() - this.#began_ms,
      now_ms: systemClock.now(),
      next_steps: finished
        ? nextSteps(settings.matomo_site_id, first_day, last_day, taken.backfill.zone)
        : [],
    });
  }

  #beat(): void {
    const report = this.report();
    this.#parts.progress(report);
    if (++this.#beats % reportEvery_beats === 0) this.#write(report);
  }

  #write(report: BackfillReport): void {
    try {
      writeReport(this.#parts.report_path, report);
    } catch (error) {
      this.#parts.log.warn(
        { path: this.#parts.report_path },
        `no report: ${(error as Error).message}`,
      );
    }
  }

  #close([state, code, reason]: readonly [
    BackfillReport['state'],
    number,
    string,
  ]): BackfillReport {
    const report = this.report(state, code, reason);
    this.#write(report);
    return report;
  }

  #filled(): readonly ['finished', number, string] {
    const { total } = this.#run.books;
    const missing = total.hits - total.accepted;
    const share = total.hits === 0 ? 0 : missing / total.hits;
    if (share <= this.#parts.settings.fail_if_error_rate_above) {
      return ['finished', exitCodes.ok.code, 'The window is filled.'];
    }
    const reason = `The window is filled, but ${missing} of ${total.hits} hits were not accepted.`;
    return ['finished', exitCodes.not_delivered.code, reason];
  }

  #stopped(): readonly ['stopped', number, string] {
    const name = this.#signal?.name ?? 'a signal';
    const reason = `Stopped by ${name}; the same command goes on where it stopped.`;
    return ['stopped', this.#signal?.exitCode ?? exitCodes.terminated.code, reason];
  }

  #halted(found: Problem): readonly ['halted', number, string] {
    this.#parts.log.error({ code: found.code }, formatProblem(found));
    return ['halted', exitCodeOf(found.code), `${found.message} ${found.remedy}`];
  }
}

function reportingOf(settings: Settings, ca: string | null): Reporting {
  const url = new URL(settings.matomo_url ?? '');
  const asker = new Asker(url.origin, settings, {
    ca,
    user_agent: userAgent,
    timeout_ms: settings.request_timeout_seconds * 1000,
    now: () => systemClock.now(),
  });
  return new Reporting(asker, apiPath(url), settings.matomo_token_auth ?? '');
}

const transportOf = (settings: Settings, ca: string | null, lanes: number): HttpTransport =>
  new HttpTransport({
    url: settings.matomo_url ?? '',
    token: settings.matomo_token_auth,
    connections: lanes,
    connect_timeout_ms: settings.connect_timeout_seconds * 1000,
    request_timeout_ms: settings.request_timeout_seconds * 1000,
    ca,
    tls_insecure: settings.tls_insecure,
    user_agent: userAgent,
  });

const stateProblem = (error: StateError): Problem => ({
  code: error.code,
  severity: 'error',
  fields: ['state_dir'],
  value: null,
  message: error.message,
  remedy:
    'Free or repair the place; nothing is sent that cannot be written down. Then run the same command again.',
  source: 'state directory',
});
