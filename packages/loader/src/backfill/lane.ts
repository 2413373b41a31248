import type { Batch, BatchJournal, BatchOutcome } from '../account/batches/batch.ts';
import type { BulkSize } from '../pace/bulk-size.ts';
import type { Clock } from '../pace/clock.ts';
import type { BatchSender } from '../send/batch-sender.ts';
import type { BatchMaker, PlacedHit } from './batch-maker.ts';
import type { Days } from './days.ts';
import { Delivery } from './delivery.ts';
import type { Patience } from './patience.ts';
import type { Resolver } from './resolver.ts';

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
  /** Batches go in one request each, and days are opened by a single hit before. */
  readonly bulk: boolean;
  /** Throws when the backfill shall stop. */
  readonly goOn: () => void;
  /** Matomo has not accepted a single hit of this backfill yet. */
  readonly nothingAccepted: () => boolean;
  readonly finished: (batch: Batch, outcome: BatchOutcome, reason: string) => void;
}

/** Sends the batches of one lane, one after the other, from where the journal says to the window's end. */
export async function runLane(lane: number, parts: LaneParts): Promise<void> {
  const { journal, maker, days, size } = parts;
  for (const batch of journal.open(lane)) {
    await deliver(parts, batch, maker.hitsOf(batch), false);
    if (batch.opener) maker.markOpened(batch.first_index);
  }
  let from = journal.nextIndex(lane) ?? 0;
  for (;;) {
    parts.goOn();
    const next = maker.seek(lane, from);
    if (next === null) return;
    if (parts.bulk) await days.opened(next.day, () => openDay(parts, lane, next));
    parts.goOn();
    const span = maker.gather(lane, next.index, size.hits);
    const { hits, ...bounds } = span;
    const batch = journal.sending({
      ...bounds,
      lane,
      hits: hits.length,
      opener: false,
      sent_at_ms: parts.clock.now(),
    });
    await deliver(parts, batch, hits, true);
    from = span.end_index;
  }
}

async function openDay(
  parts: LaneParts,
  lane: number,
  first: { readonly index: number; readonly day: number },
): Promise<void> {
  const hits = [parts.maker.opener(first.index)];
  const batch = parts.journal.sending({
    lane,
    day: first.day,
    first_index: first.index,
    end_index: first.index,
    opener: true,
    visits: 0,
    hits: 1,
    sent_at_ms: parts.clock.now(),
  });
  await deliver(parts, batch, hits, true);
  parts.maker.markOpened(first.index);
}

/** Delivers a batch; one that the server rolls back again and again is cut in two until the cause is alone. */
async function deliver(
  parts: LaneParts,
  batch: Batch,
  hits: readonly PlacedHit[],
  fresh: boolean,
): Promise<void> {
  const result = await new Delivery(parts, batch, hits).run(fresh);
  if (result !== 'divide') return;
  const half = Math.ceil(batch.visits / 2);
  const left = firstVisits(hits, half);
  const end_index = (hits[left - 1] as PlacedHit).visit.index + 1;
  for (const part of parts.journal.split(batch.id, { end_index, visits: half, hits: left })) {
    await deliver(parts, part, parts.maker.hitsOf(part), false);
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
