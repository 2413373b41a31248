import type { Batch, BatchJournal, BatchOutcome, NewBatch } from '../account/batches/batch.ts';
import type { BulkSize } from '../pace/bulk-size.ts';
import type { Clock } from '../pace/clock.ts';
import type { BatchSender } from '../send/batch-sender.ts';
import type { BatchMaker, PlacedHit, Span } from './batch-maker.ts';
import type { Days } from './days.ts';
import { Delivery } from './delivery.ts';
import { planChanged } from './halts.ts';
import type { Patience } from './patience.ts';
import type { Refusals } from './refusals.ts';
import type { Resolver } from './resolver.ts';
import type { Suspects } from './suspects.ts';
import type { Turnstile } from './turnstile.ts';

/** What the lanes of a backfill share. */
export interface LaneParts {
  readonly clock: Clock;
  readonly journal: BatchJournal;
  readonly maker: BatchMaker;
  readonly days: Days;
  readonly sender: BatchSender;
  readonly size: BulkSize;
  readonly resolver: Resolver;
  readonly patience: Patience;
  readonly suspects: Suspects;
  readonly refusals: Refusals;
  readonly turnstile: Turnstile;
  /** Calendar date of a day of the window. */
  readonly dateOf: (day: number) => string;
  /** Throws when the backfill shall stop. */
  readonly goOn: () => void;
  readonly finished: (batch: Batch, outcome: BatchOutcome, hits: readonly PlacedHit[]) => void;
}

/** The batches of one visitor after another: each lane has at most one request out. */
export class Lane {
  readonly #lane: number;
  readonly #parts: LaneParts;
  /** Visits that were rolled back again and again, to be tried once more when something else succeeded. */
  #putOff: Delivery[] = [];

  constructor(lane: number, parts: LaneParts) {
    this.#lane = lane;
    this.#parts = parts;
  }

  /** Sends the lane's batches from where the journal says to the window's end. */
  async run(): Promise<void> {
    const { journal, maker, days, size, sender, goOn } = this.#parts;
    for (const batch of journal.open(this.#lane)) {
      goOn();
      const hits = maker.hitsOf(batch);
      if (hits.length !== batch.hits) throw planChanged();
      await this.#deliver(batch, hits, false);
      if (batch.opener) days.isOpen(batch.day);
    }
    let from = journal.nextIndex(this.#lane) ?? 0;
    for (;;) {
      goOn();
      const next = maker.seek(this.#lane, from);
      if (next === null) break;
      if (sender.bulk && !days.has(next.day)) {
        const ahead = maker.gatherNegative(this.#lane, next.index, size.hits);
        if (ahead.visits > 0) {
          from = await this.#deliverNew(ahead);
          continue;
        }
      }
      if (sender.bulk) await days.opened(next.day, () => this.#openDay(next));
      goOn();
      from = await this.#deliverNew(maker.gather(this.#lane, next.index, size.hits, this.#waiting));
    }
    while (this.#putOff.length > 0) await this.#tryAgain();
  }

  /** Resolves to the index after the last of its visits. */
  async #deliverNew({ hits, ...bounds }: Span): Promise<number> {
    const batch = this.#new({ ...bounds, hits: hits.length, opener: false });
    await this.#deliver(batch, hits, true);
    return batch.end_index;
  }

  async #openDay(first: { readonly index: number; readonly day: number }): Promise<void> {
    const { index, day } = first;
    const bounds = { day, first_index: index, end_index: index, visits: 0, hits: 1 };
    const batch = this.#new({ ...bounds, opener: true });
    await this.#deliver(batch, [this.#parts.maker.opener(index)], true);
  }

  #new(bounds: Omit<NewBatch, 'lane' | 'sent_at_ms' | 'bulk'>): Batch {
    const { journal, clock, sender } = this.#parts;
    const sent_at_ms = clock.now();
    return journal.sending({ ...bounds, lane: this.#lane, sent_at_ms, bulk: sender.bulk });
  }

  async #deliver(
    batch: Batch,
    hits: readonly PlacedHit[],
    fresh: boolean,
    troubledAt: number | null = null,
  ): Promise<void> {
    while (this.#comesAfterPutOff(hits)) await this.#tryAgain();
    const delivery = new Delivery(this.#parts, batch, hits, troubledAt);
    const fate = await delivery.run(fresh);
    if (fate === 'put_off') this.#putOff.push(delivery);
    else if (fate === 'divide') await this.#divide(delivery);
    else if (batch.opener) this.#parts.maker.markOpened(batch.first_index);
    if (this.#putOff.length > 0 && !this.#parts.suspects.inDoubt) await this.#tryAgain();
  }

  /** In two, until what Matomo cannot stand is alone; an opener goes with the rest of its visit instead. */
  async #divide({ batch, hits, troubledAt }: Delivery): Promise<void> {
    const { journal, maker } = this.#parts;
    if (batch.opener) {
      journal.remove(batch.id);
      return;
    }
    const visits = Math.ceil(batch.visits / 2);
    const left = firstVisits(hits, visits);
    const end_index = (hits[left - 1] as PlacedHit).visit.index + 1;
    for (const part of journal.split(batch.id, { end_index, visits, hits: left })) {
      await this.#deliver(part, maker.hitsOf(part), false, troubledAt);
    }
  }

  /** Visitors whose visit was put off: their later visits come after it. */
  get #waiting(): ReadonlySet<string> {
    return new Set(this.#putOff.flatMap(({ hits }) => hits.map(({ visit }) => visit.visitor.id)));
  }

  #comesAfterPutOff(hits: readonly PlacedHit[]): boolean {
    if (this.#putOff.length === 0) return false;
    const waiting = this.#waiting;
    return hits.some(({ visit }) => waiting.has(visit.visitor.id));
  }

  async #tryAgain(): Promise<void> {
    const deliveries = this.#putOff;
    this.#putOff = [];
    for (const delivery of deliveries) {
      if ((await delivery.again()) === 'put_off') this.#putOff.push(delivery);
    }
  }
}

/** How many hits the first so many visits have together. */
function firstVisits(hits: readonly PlacedHit[], visits: number): number {
  let seen = 0;
  let last = -1;
  for (const [at, { visit }] of hits.entries()) {
    if (visit.index === last) continue;
    if (seen === visits) return at;
    last = visit.index;
    seen++;
  }
  return hits.length;
}
