import type { BackfillPlan, BackfillWindow, Settings } from '@trafficinator/contract';
import { bulkBody } from '../send/bulk/body.ts';
import type { QueryOptions } from '../send/query.ts';
import { BatchMaker, type PlacedHit } from './batch-maker.ts';
import { NegativeBooks } from './negative-books.ts';
import type { PlannedBackfill } from './planned.ts';

export interface ForecastFacts {
  readonly settings: Settings;
  readonly planned: PlannedBackfill;
  readonly window: BackfillWindow;
  readonly zone: string;
  readonly seed: number;
  readonly lanes: number;
  readonly bulk: boolean;
  readonly query: QueryOptions;
}

/** A batch in so many has its body made, to estimate all of them. */
const sampled = 32;
/** A Matomo token has so many characters. */
const anyToken = '0'.repeat(32);

/**
 * Plans a whole backfill and cuts it into batches as a run does, without keeping or sending any. Needs
 * memory for one batch and time in proportion to the visits.
 */
export function forecast(facts: ForecastFacts): BackfillPlan {
  const { settings, window, zone, seed, lanes, bulk, query } = facts;
  const { plan, schedule, crowd } = facts.planned;
  const maker = new BatchMaker(plan, schedule, seed, lanes, query, crowd);
  const days = schedule.days.map(({ date }) => ({ date, visits: 0, hits: 0 }));
  const sample = new BodySample(bulk);
  const negative = new NegativeBooks();
  let requests = 0;
  for (const { day, visits, hits, opener } of batchesOf(
    maker,
    lanes,
    bulk ? settings.bulk_size : 1,
  )) {
    const of = days[day] as (typeof days)[number];
    of.visits += visits;
    of.hits += hits.length;
    negative.finished({ day }, hits);
    // The first hit of a day goes ahead in a request of its own.
    requests += bulk ? 1 + (opener ? 1 : 0) : hits.length;
    sample.take(hits, () => maker.queriesOf(hits));
  }
  const { first_day, last_day, days: length } = window;
  const sum = (what: 'visits' | 'hits') => days.reduce((total, day) => total + day[what], 0);
  return {
    window: { first_day, last_day, days: length },
    timezone: zone,
    seed,
    delivery: bulk ? 'bulk' : 'single',
    lanes,
    bulk_size: bulk ? settings.bulk_size : null,
    visits: sum('visits'),
    hits: sum('hits'),
    negative: { visits: negative.total.negative_visits, hits: negative.total.negative_hits },
    requests,
    bytes: Math.round(sample.bytesPerHit * sum('hits')),
    days,
  };
}

interface PlannedBatch {
  readonly day: number;
  readonly visits: number;
  readonly hits: readonly PlacedHit[];
  /** It is the first one of its day. */
  readonly opener: boolean;
}

function* batchesOf(maker: BatchMaker, lanes: number, most_hits: number): Generator<PlannedBatch> {
  const opened = new Set<number>();
  for (let lane = 0; lane < lanes; lane++) {
    for (let next = maker.seek(lane, 0); next !== null; ) {
      const { day, visits, hits, end_index } = maker.gather(lane, next.index, most_hits);
      yield { day, visits, hits, opener: !opened.has(day) && hits.length > 1 };
      opened.add(day);
      next = maker.seek(lane, end_index);
    }
  }
}

/** Bytes of request bodies, from some of them. */
class BodySample {
  readonly #bulk: boolean;
  #seen = 0;
  #hits = 0;
  #bytes = 0;

  constructor(bulk: boolean) {
    this.#bulk = bulk;
  }

  take(hits: readonly PlacedHit[], queries: () => readonly string[]): void {
    if (this.#seen++ % sampled !== 0) return;
    this.#hits += hits.length;
    this.#bytes += this.#bulk
      ? bulkBody(queries(), anyToken).length
      : queries().reduce((sum, query) => sum + query.length + `&token_auth=${anyToken}`.length, 0);
  }

  get bytesPerHit(): number {
    return this.#hits === 0 ? 0 : this.#bytes / this.#hits;
  }
}
