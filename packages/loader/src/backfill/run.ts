import type { Settings } from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import { BulkSize } from '../pace/bulk-size.ts';
import type { Clock } from '../pace/clock.ts';
import { RateLimit } from '../pace/rate-limit.ts';
import { Draws, purpose } from '../plan/draw.ts';
import type { Plan } from '../plan/plan.ts';
import { BulkSender, SingleSender } from '../send/batch-sender.ts';
import type { QueryOptions } from '../send/query.ts';
import type { Reporting } from '../send/reporting.ts';
import type { HttpTransport } from '../send/transport.ts';
import { BatchMaker } from './batch-maker.ts';
import { BackfillBooks } from './books.ts';
import { Days } from './days.ts';
import { Halt, Stopped } from './halt.ts';
import { runLane } from './lane.ts';
import { Patience } from './patience.ts';
import { Resolver } from './resolver.ts';

export interface BackfillParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly schedule: BackfillSchedule;
  readonly backfill: RememberedBackfill;
  readonly journal: BatchJournal;
  readonly transport: Pick<HttpTransport, 'send' | 'sendBulk' | 'destroy'>;
  readonly reporting: Reporting;
  readonly query: QueryOptions;
  readonly bulk: boolean;
}

/** One process of a backfill: all lanes from where the journal says to the end of the window. */
export class BackfillRun {
  readonly books: BackfillBooks;
  readonly size: BulkSize;
  readonly #parts: BackfillParts;
  readonly #stop = new AbortController();
  #halt: Halt | null = null;

  constructor(parts: BackfillParts) {
    this.#parts = parts;
    this.books = new BackfillBooks(parts.schedule, parts.journal.report());
    this.size = new BulkSize(parts.bulk ? parts.settings.bulk_size : 1);
  }

  /**
   * Resolves to true when the window is filled, to false when it was stopped. Rejects with the Halt that
   * ended it, or with a StateError; what is done is in the journal in any case.
   */
  async start(): Promise<boolean> {
    const { journal, clock, backfill, settings, bulk } = this.#parts;
    const maker = this.#maker();
    const openers = journal.openers();
    for (const opener of openers) maker.markOpened(opener.first_index);
    const patience = new Patience(
      clock,
      settings.backfill_patience_seconds * 1000,
      this.#jitter(),
      this.#wait,
    );
    const parts = {
      clock,
      journal,
      maker,
      days: new Days(openers.map((opener) => opener.day)),
      sender: bulk
        ? new BulkSender(this.#parts.transport, settings.matomo_token_auth, this.#leave())
        : new SingleSender(this.#parts.transport, this.#leave()),
      size: this.size,
      resolver: this.#resolver(patience),
      patience,
      bulk: bulk,
      goOn: () => this.#stop.signal.throwIfAborted(),
      nothingAccepted: () => this.books.total.accepted === 0,
      finished: (...args: Parameters<BackfillBooks['finished']>) => this.books.finished(...args),
    };
    const lanes = Array.from({ length: backfill.lanes }, (_, lane) =>
      runLane(lane, parts).catch((error: unknown) => this.#fail(error)),
    );
    await Promise.all(lanes);
    if (this.#halt !== null) throw this.#halt;
    if (this.#stop.signal.aborted) return false;
    journal.end(clock.now());
    return true;
  }

  /** Begins no more batches; what is under way is waited for, unless `now`. */
  stop(now: boolean): void {
    this.#stop.abort(new Stopped());
    if (now) void this.#parts.transport.destroy();
  }

  #maker(): BatchMaker {
    const { plan, schedule, backfill, query } = this.#parts;
    return new BatchMaker(plan, schedule, backfill.seed, backfill.lanes, query);
  }

  #resolver(patience: Patience): Resolver {
    const { clock, reporting, settings, schedule } = this.#parts;
    return new Resolver({
      clock,
      reporting,
      site_id: settings.matomo_site_id,
      schedule,
      on_unknown: settings.on_unknown,
      settle_ms: settings.probe_settle_seconds * 1000,
      patience,
    });
  }

  #fail(error: unknown): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(new Stopped());
    if (error instanceof Stopped || this.#halt !== null) return;
    if (error instanceof Halt) {
      this.#halt = error;
      return;
    }
    throw error;
  }

  #jitter(): () => number {
    const draws = new Draws(this.#parts.backfill.seed, 0);
    let n = 0;
    return () => draws.unit(purpose.retry, n++);
  }

  #leave(): (requests: number, hits: number) => Promise<void> {
    const { settings, clock } = this.#parts;
    const perRequest = new RateLimit(settings.backfill_rps_limit);
    const perHit = new RateLimit(settings.backfill_hits_per_second);
    return async (requests, hits) => {
      this.books.mine.requests += requests;
      const now_ms = clock.elapsed();
      const delay_ms = Math.max(perRequest.take(requests, now_ms), perHit.take(hits, now_ms));
      if (delay_ms > 0) await this.#wait(delay_ms);
    };
  }

  /** Waits; rejects with Stopped when the backfill is stopped meanwhile. */
  #wait = (delay_ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const { signal } = this.#stop;
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const stopped = () => {
        this.#parts.clock.cancel(timer);
        reject(signal.reason);
      };
      const timer = this.#parts.clock.after(delay_ms, () => {
        signal.removeEventListener('abort', stopped);
        resolve();
      });
      signal.addEventListener('abort', stopped, { once: true });
    });
}
