import type { Clock } from '../pace/clock.ts';
import { isRecorded, type Trace } from '../send/commit-probe.ts';
import { type Reporting, ReportingError } from '../send/reporting.ts';
import { probeNotPossible } from './halts.ts';
import type { Patience } from './patience.ts';

/**
 * recorded, absent: as the visitor log shows. partly: some of what was sent in one go is there and some is
 * not, so Matomo lost a part of it. resend, left: nobody was asked, by the user's choice.
 */
export type Resolution = 'recorded' | 'absent' | 'partly' | 'resend' | 'left';

export interface ResolverParts {
  readonly clock: Clock;
  readonly reporting: Pick<Reporting, 'ask'>;
  readonly site_id: number;
  readonly on_unknown: 'probe' | 'resend' | 'skip';
  readonly settle_ms: number;
  /** Longest time from a batch's being written down as sent to the end of its request. */
  readonly longestRequest_ms: number;
  readonly patience: Patience;
  /** Rejects when the backfill shall stop. */
  readonly wait: (delay_ms: number) => Promise<void>;
}

const firstLook_ms = 200;
const laterLooks_ms = 2_000;

/** Finds out what became of hits that were sent and not answered, before anything is sent again. */
export class Resolver {
  readonly #parts: ResolverParts;
  readonly #began: { readonly now_ms: number; readonly elapsed_ms: number };

  constructor(parts: ResolverParts) {
    this.#parts = parts;
    const { clock } = parts;
    this.#began = { now_ms: clock.now(), elapsed_ms: clock.elapsed() };
  }

  /**
   * When the connection to Matomo was lost at the latest, in monotonic time, for what an earlier process
   * sent: that process had ended when this one began, and it would not have waited for ever.
   */
  lostByEarlier(sent_at_ms: number): number {
    const { settle_ms, longestRequest_ms } = this.#parts;
    const { now_ms, elapsed_ms } = this.#began;
    const before_ms = Math.max(0, now_ms - (sent_at_ms + longestRequest_ms));
    return elapsed_ms - Math.min(before_ms, settle_ms);
  }

  /**
   * What the traces of hits that share one fate show; without a trace nobody can tell, and absent is the
   * answer; null: there is nothing to look for or to wait for, and sending it again records nothing twice.
   * `lost_ms`: monotonic time at which the connection was lost. Matomo may go on working after
   * that, so what is not in the visitor log is absent only if it is looked for when Matomo has settled.
   */
  async resolve(traces: readonly Trace[] | null, lost_ms: number): Promise<Resolution> {
    const { on_unknown, clock, settle_ms, wait } = this.#parts;
    if (on_unknown === 'resend') return 'resend';
    if (on_unknown === 'skip') return 'left';
    if (traces === null) return 'absent';
    for (let look = 0; ; look++) {
      const left_ms = lost_ms + settle_ms - clock.elapsed();
      const found = await this.#count(traces);
      if (found > 0 && found === traces.length) return 'recorded';
      if (left_ms <= 0) return found === 0 ? 'absent' : 'partly';
      await wait(Math.min(left_ms, look === 0 ? firstLook_ms : laterLooks_ms));
    }
  }

  async #count(traces: readonly Trace[]): Promise<number> {
    let found = 0;
    for (const trace of traces) if (await this.#isRecorded(trace)) found++;
    return found;
  }

  async #isRecorded(trace: Trace): Promise<boolean> {
    const { reporting, site_id, patience } = this.#parts;
    for (;;) {
      try {
        return await isRecorded(reporting, site_id, trace);
      } catch (error) {
        if (!(error instanceof ReportingError)) throw error;
        if (error.refused) throw probeNotPossible(error.message);
        await patience.afterFailure(`the visitor log gives no answer: ${error.message}`);
      }
    }
  }
}
