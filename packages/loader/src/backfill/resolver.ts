import type { Batch } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { Clock } from '../pace/clock.ts';
import { isRecorded, traceOf } from '../send/commit-probe.ts';
import { type Reporting, ReportingError } from '../send/reporting.ts';
import type { PlacedHit } from './batch-maker.ts';
import { Halt } from './halt.ts';
import type { Patience } from './patience.ts';

export type Resolution = 'recorded' | 'absent' | 'left';

export interface ResolverParts {
  readonly clock: Clock;
  readonly reporting: Reporting;
  readonly site_id: number;
  readonly schedule: BackfillSchedule;
  readonly on_unknown: 'probe' | 'resend' | 'skip';
  readonly settle_ms: number;
  readonly patience: Patience;
}

const firstLook_ms = 200;
const laterLooks_ms = 2_000;

/** Finds out what became of hits that were sent and not answered, before anything is sent again. */
export class Resolver {
  readonly #parts: ResolverParts;

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  /**
   * `hits`: of the batch; `upTo`: position of the last one that may have been recorded. What is not in
   * the visitor log counts as absent only when Matomo had time to settle.
   */
  async resolve(batch: Batch, hits: readonly PlacedHit[], upTo: number): Promise<Resolution> {
    const { on_unknown, clock, schedule, settle_ms, patience } = this.#parts;
    if (on_unknown === 'resend') return 'absent';
    if (on_unknown === 'skip') return 'left';
    const { visit, position, start_ms } = hits[upTo] as PlacedHit;
    const trace = traceOf(visit, position, start_ms, schedule.days[batch.day]?.date ?? '');
    for (let look = 0; ; look++) {
      if (await this.#recorded(trace)) return 'recorded';
      const left_ms = batch.sent_at_ms + settle_ms - clock.now();
      if (left_ms <= 0) return 'absent';
      await patience.pause(Math.min(left_ms, look === 0 ? firstLook_ms : laterLooks_ms));
    }
  }

  async #recorded(trace: ReturnType<typeof traceOf>): Promise<boolean> {
    const { reporting, site_id, patience } = this.#parts;
    for (let attempt = 0; ; attempt++) {
      try {
        return await isRecorded(reporting, site_id, trace);
      } catch (error) {
        if (!(error instanceof ReportingError)) throw error;
        if (error.refused) throw notPossible(error.message);
        await patience.before(attempt, `the visitor log gives no answer: ${error.message}`, null);
      }
    }
  }
}

const notPossible = (why: string): Halt =>
  new Halt('probe_not_possible', {
    message: `It is unknown whether a batch arrived, and Matomo does not let its visitor log be asked (${why}).`,
    remedy:
      'Give the token view access and switch the visitor log on, or choose ON_UNKNOWN=resend (may double) or skip (may lose).',
    fields: ['on_unknown'],
  });
