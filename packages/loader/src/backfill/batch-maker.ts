import type { Batch } from '../account/batches/batch.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { Crowd } from '../plan/crowd/crowd.ts';
import { Draws, purpose } from '../plan/draw.ts';
import type { Plan } from '../plan/plan.ts';
import type { Hit, Visit } from '../plan/visit.ts';
import { hitPart, momentPart, type QueryOptions, visitPart } from '../send/query.ts';

/** One hit of a batch with what it belongs to. */
export interface PlacedHit {
  readonly visit: Visit;
  readonly hit: Hit;
  /** Position within its visit. */
  readonly position: number;
  /** When the visit starts, epoch ms. */
  readonly start_ms: number;
}

/** The visits of a batch; `end_index` is the first index after them. */
export interface Span {
  readonly day: number;
  readonly first_index: number;
  readonly end_index: number;
  readonly visits: number;
  readonly hits: readonly PlacedHit[];
}

const nobody: ReadonlySet<string> = new Set();

/**
 * Cuts a backfill into batches of whole visits. A visitor belongs to one lane, whose batches go one
 * after the other, so a visitor is never in two requests at once and its visits keep their order. What
 * a batch holds follows from its bounds alone: after a kill it is planned again, to the byte.
 */
export class BatchMaker {
  readonly #plan: Plan;
  readonly #schedule: BackfillSchedule;
  readonly #seed: number;
  readonly #lanes: number;
  readonly #query: QueryOptions;
  readonly #crowd: Crowd | null;
  /** Visits whose first hit was sent ahead, to open their day. */
  readonly #opened = new Set<number>();

  /** `crowd`: the plan's; without one no visitor may return. */
  constructor(
    plan: Plan,
    schedule: BackfillSchedule,
    seed: number,
    lanes: number,
    query: QueryOptions,
    crowd: Crowd | null = null,
  ) {
    this.#plan = plan;
    this.#schedule = schedule;
    this.#seed = seed;
    this.#lanes = lanes;
    this.#query = query;
    this.#crowd = crowd;
  }

  /** The first visit of a lane from `from` on, with its day; null at the end of the window. */
  seek(lane: number, from: number): { readonly index: number; readonly day: number } | null {
    for (let index = from; index < this.#schedule.visits; index++) {
      if (this.#laneOf(index) === lane) return { index, day: this.#schedule.dayOf(index) };
    }
    return null;
  }

  /**
   * Whole visits of a lane from visit `from` on, at least one, up to so many hits, within one day, and up to
   * the next visit of a visitor who has to wait.
   */
  gather(
    lane: number,
    from: number,
    most_hits: number,
    waiting: ReadonlySet<string> = nobody,
  ): Span {
    return this.#gather(
      lane,
      from,
      most_hits,
      ({ visitor }, isFirst) => isFirst || !waiting.has(visitor.id),
    );
  }

  /**
   * The same, but only visits that Matomo must not record, up to the first one that it shall: none when that
   * is visit `from` itself.
   */
  gatherNegative(lane: number, from: number, most_hits: number): Span {
    return this.#gather(lane, from, most_hits, ({ negative }) => negative !== undefined);
  }

  /** The single hit that opens a day: the first one of its visit. */
  opener(index: number): PlacedHit {
    return this.#placed(index)[0] as PlacedHit;
  }

  /** From now on the first hit of this visit is not part of its batch: it was sent ahead. */
  markOpened(index: number): void {
    this.#opened.add(index);
  }

  /** The hits of a batch that was made before. */
  hitsOf(batch: Pick<Batch, 'lane' | 'first_index' | 'end_index' | 'opener'>): PlacedHit[] {
    if (batch.opener) return [this.opener(batch.first_index)];
    const hits: PlacedHit[] = [];
    for (let index = batch.first_index; index < batch.end_index; index++) {
      if (this.#laneOf(index) === batch.lane) hits.push(...this.#hitsOf(index));
    }
    return hits;
  }

  /** One query for each hit. */
  queriesOf(hits: readonly PlacedHit[]): string[] {
    const queries: string[] = [];
    let visit: Visit | null = null;
    let shared = '';
    for (const placed of hits) {
      if (placed.visit !== visit) {
        visit = placed.visit;
        shared = visitPart(visit.visitor, this.#query);
      }
      const at_ms = placed.start_ms + placed.hit.offset_ms;
      queries.push(
        shared +
          hitPart(placed.hit, this.#query) +
          momentPart({ at_ms, send_cdt: true }, visit.visitor.zone),
      );
    }
    return queries;
  }

  #gather(
    lane: number,
    from: number,
    most_hits: number,
    takes: (visit: Visit, isFirst: boolean) => boolean,
  ): Span {
    const day = this.#schedule.dayOf(from);
    const end = this.#schedule.days[day]?.end_index ?? from;
    const hits: PlacedHit[] = [];
    let visits = 0;
    let end_index = from;
    for (let index = from; index < end; index++) {
      if (this.#laneOf(index) !== lane) continue;
      const more = this.#hitsOf(index);
      if (!takes((more[0] as PlacedHit).visit, visits === 0)) break;
      if (visits > 0 && hits.length + more.length > most_hits) break;
      hits.push(...more);
      visits++;
      end_index = index + 1;
    }
    return { day, first_index: from, end_index, visits, hits };
  }

  #hitsOf(index: number): PlacedHit[] {
    const placed = this.#placed(index);
    return this.#opened.has(index) ? placed.slice(1) : placed;
  }

  #placed(index: number): PlacedHit[] {
    const day = this.#schedule.days[this.#schedule.dayOf(index)];
    const visit = this.#plan(index, day?.date);
    if (visit.visitor.came_before && this.#crowd === null) {
      throw new TypeError('batches of returning visitors need their crowd');
    }
    const start_ms = this.#schedule.momentOf(index, visit.duration_ms);
    return visit.hits.map((hit, position) => ({ visit, hit, position, start_ms }));
  }

  /** By visitor: all visits of one are in one lane. */
  #laneOf(index: number): number {
    const line = this.#crowd === null ? index : this.#crowd.lineOf(index);
    return new Draws(this.#seed, line).bits(purpose.visitorLow) % this.#lanes;
  }
}
