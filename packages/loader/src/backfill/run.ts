import type { Settings } from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import { BulkSize } from '../pace/bulk-size.ts';
import type { Clock } from '../pace/clock.ts';
import { RateLimit } from '../pace/rate-limit.ts';
import type { Crowd } from '../plan/crowd/crowd.ts';
import { Draws, purpose } from '../plan/draw.ts';
import type { SlowCalls } from '../plan/material/behaviour.ts';
import type { Material } from '../plan/material/material.ts';
import type { Plan } from '../plan/plan.ts';
import { BulkSender, SingleSender } from '../send/batch-sender.ts';
import type { QueryOptions } from '../send/query.ts';
import type { Reporting } from '../send/reporting.ts';
import type { HttpTransport } from '../send/transport.ts';
import { BatchMaker } from './batch-maker.ts';
import { BackfillBooks } from './books.ts';
import { Days } from './days.ts';
import { Halt, Stopped } from './halt.ts';
import { planChanged } from './halts.ts';
import { planSeed } from './identity.ts';
import { Lane, type LaneParts } from './lane.ts';
import { Patience } from './patience.ts';
import { Refusals } from './refusals.ts';
import { Resolver } from './resolver.ts';
import { stoppableWait } from './stoppable-wait.ts';
import { Suspects } from './suspects.ts';
import { Turnstile } from './turnstile.ts';

export interface BackfillParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly plan: Plan;
  /** The plan's visitors who return; null: none do. */
  readonly crowd: Crowd | null;
  readonly schedule: BackfillSchedule;
  /** That the plan has visitors take. */
  readonly funnels: Material['funnels'];
  readonly backfill: RememberedBackfill;
  readonly journal: BatchJournal;
  readonly transport: Pick<HttpTransport, 'send' | 'sendBulk' | 'destroy'>;
  readonly reporting: Pick<Reporting, 'ask' | 'close'>;
  readonly query: QueryOptions;
  readonly bulk: boolean;
  /** How long the plan's plugins take, for the report. */
  readonly slow_calls?: SlowCalls | null;
}

/** Connecting apart, a request may be written down so long before it leaves. */
const writtenDownBefore_ms = 1_000;

/** One process of a backfill: all lanes from where the journal says to the end of the window. */
export class BackfillRun {
  readonly books: BackfillBooks;
  readonly size: BulkSize;
  readonly patience: Patience;
  readonly #parts: BackfillParts;
  readonly #stop = new AbortController();
  readonly #wait: (delay_ms: number) => Promise<void>;
  #failure: unknown = null;

  constructor(parts: BackfillParts) {
    const { settings, clock } = parts;
    this.#parts = parts;
    this.#wait = stoppableWait(clock, this.#stop.signal);
    this.books = new BackfillBooks(
      parts.schedule,
      parts.journal.report(),
      parts.funnels,
      parts.slow_calls,
    );
    this.size = new BulkSize(parts.bulk ? settings.bulk_size : 1);
    this.patience = new Patience({
      clock,
      longest_ms: settings.backfill_patience_seconds * 1000,
      random: this.#jitter(),
      wait: this.#wait,
    });
  }

  /**
   * Resolves to true when the window is filled, to false when it was stopped. Rejects with the Halt that
   * ended it, or with a StateError; what is done is in the journal in any case.
   */
  async start(): Promise<boolean> {
    const { journal, clock, backfill } = this.#parts;
    const shared = this.#shared();
    this.#recount(shared.maker);
    const lanes = Array.from({ length: backfill.lanes }, (_, lane) =>
      new Lane(lane, shared).run().catch((error: unknown) => this.#fail(error)),
    );
    await Promise.all(lanes);
    if (this.#failure !== null) throw this.#failure;
    if (this.#stop.signal.aborted) return false;
    if (backfill.ended_at_ms === null) journal.end(clock.now());
    return true;
  }

  /** Begins no more batches; what is under way is waited for, unless `now`. */
  stop(now: boolean): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(new Stopped());
    if (now) void this.close();
  }

  /** Cuts all connections; what is under way becomes unknown. */
  async close(): Promise<void> {
    await Promise.all([this.#parts.transport.destroy(), this.#parts.reporting.close()]);
  }

  #shared(): LaneParts {
    const { plan, schedule, crowd, backfill, query, journal, clock } = this.#parts;
    const { patience, size, books } = this;
    const maker = new BatchMaker(plan, schedule, planSeed(backfill), backfill.lanes, query, crowd);
    const openers = journal.openers();
    for (const opener of openers) maker.markOpened(opener.first_index);
    return {
      clock,
      journal,
      maker,
      days: new Days(openers.map((opener) => opener.day)),
      sender: this.#sender(),
      size,
      resolver: this.#resolver(),
      patience,
      suspects: new Suspects(() => patience.successes),
      refusals: new Refusals(books.total.accepted > 0),
      turnstile: new Turnstile(),
      dateOf: (day) => schedule.days[day]?.date ?? '',
      goOn: () => this.#stop.signal.throwIfAborted(),
      finished: (batch, outcome, hits) => books.finished(batch, outcome, hits),
    };
  }

  /**
   * The journal has no numbers of funnels, journeys and negative traffic: what earlier processes finished is
   * planned again, in time in proportion to its visits. Throws a Halt when it is another plan by now.
   */
  #recount(maker: BatchMaker): void {
    const { funnels, settings, slow_calls = null } = this.#parts;
    const { negative_traffic, journey_share } = settings;
    const ways = slow_calls !== null || journey_share > 0;
    if (funnels.length === 0 && negative_traffic === null && !ways) return;
    for (const batch of this.#parts.journal.finished()) {
      const hits = maker.hitsOf(batch);
      if (hits.length !== batch.hits) throw planChanged();
      this.books.replanned(batch, hits);
    }
  }

  #sender(): LaneParts['sender'] {
    const { settings, clock, transport, bulk } = this.#parts;
    const perRequest = new RateLimit(settings.backfill_rps_limit);
    const perHit = new RateLimit(settings.backfill_hits_per_second);
    const leave = async (requests: number, hits: number) => {
      const now_ms = clock.elapsed();
      const delay_ms = Math.max(perRequest.take(requests, now_ms), perHit.take(hits, now_ms));
      if (delay_ms > 0) await this.#wait(delay_ms);
      this.books.mine.requests += requests;
    };
    const elapsed = () => clock.elapsed();
    const parts = { transport, token: settings.matomo_token_auth, leave, elapsed };
    return bulk ? new BulkSender(parts) : new SingleSender(parts);
  }

  #resolver(): Resolver {
    const { clock, reporting, settings } = this.#parts;
    const { connect_timeout_seconds, request_timeout_seconds } = settings;
    return new Resolver({
      clock,
      reporting,
      site_id: settings.matomo_site_id,
      on_unknown: settings.on_unknown,
      settle_ms: settings.probe_settle_seconds * 1000,
      longestRequest_ms:
        writtenDownBefore_ms + (connect_timeout_seconds + request_timeout_seconds) * 1000,
      patience: this.patience,
      wait: this.#wait,
    });
  }

  /** The first trouble ends all lanes; what they have under way is waited for, so that it is written down. */
  #fail(error: unknown): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(new Stopped());
    if (error instanceof Stopped) return;
    // A mistake of this program outranks what the target did.
    if (this.#failure === null || this.#failure instanceof Halt) this.#failure = error;
  }

  #jitter(): () => number {
    const draws = new Draws(this.#parts.backfill.seed, 0);
    let n = 0;
    return () => draws.unit(purpose.retry, n++);
  }
}
