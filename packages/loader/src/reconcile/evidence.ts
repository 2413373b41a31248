import { addDays } from '@trafficinator/contract';
import type { BatchJournal } from '../account/batches/batch.ts';
import type { KnownBatch } from '../account/batches/fates.ts';
import { dayOf } from '../pace/calendar.ts';
import type { Site } from '../send/preflight/api.ts';
import { type BatchEffects, batchEffects, noEffects } from './batch-effects.ts';
import type { Evidence, LogEvidence } from './causes/cause.ts';
import { shiftedDays } from './causes/timezone.ts';
import { sampleOf, takeCensus } from './census.ts';
import type { ComparedDay } from './compare.ts';
import { knownBatches, type Uncertainty } from './delivered.ts';
import { deliveredVisits, detailsOf } from './delivered-visit.ts';
import type { LedgerFacts } from './ledger-site.ts';
import type { Replay } from './replay.ts';
import type { VisitorLog } from './visitor-log.ts';

export interface EvidenceParts {
  readonly replay: Replay;
  readonly journal: Pick<BatchJournal, 'finished' | 'open'>;
  readonly facts: LedgerFacts;
  readonly site: Site;
  readonly uncertain: readonly Uncertainty[];
  readonly log: VisitorLog;
  readonly zone_differs: boolean;
}

/** Days whose visitor log is read whole, and whose batches are planned again. */
const mostCensuses = 5;
const mostEffects = 31;
/** Days whose visits are looked up to tell whether they are archived; the others are like the last. */
const mostSamples = 3;
const sampleSize = 5;
const mostVisits = 20_000;

/** Gathers what is known about the days that differ, one after the other. */
export class EvidenceRoom {
  readonly #parts: EvidenceParts;
  readonly #shifted: ReadonlySet<string>;
  #censuses = 0;
  #effects = 0;
  #samples: Awaited<ReturnType<LogEvidence['sample']>>[] = [];

  /** `days`: all that were compared. */
  constructor(parts: EvidenceParts, days: readonly ComparedDay[]) {
    this.#parts = parts;
    this.#shifted = shiftedDays(days);
  }

  of(day: ComparedDay): Evidence {
    const { replay, site, zone_differs } = this.#parts;
    const numbers = this.#windowDays(day.date);
    const batches = once(() =>
      [...knownBatches(this.#parts.journal, replay.backfill.lanes)].filter((batch) =>
        numbers.has(batch.day),
      ),
    );
    return {
      day,
      site,
      site_id: replay.settings.matomo_site_id,
      first_day: replay.window.first_day,
      last_day: replay.window.last_day,
      planned_zone: replay.backfill.zone,
      zone_differs,
      shifted: this.#shifted.has(day.date),
      uncertain: this.#parts.uncertain.filter((each) => numbers.has(each.day)),
      effects: () => this.#effectsOf(batches()),
      log: this.#logOf(day.date, batches),
    };
  }

  /** Numbers of the days of the window that lie, at least in part, on a day of the site. */
  #windowDays(date: string): ReadonlySet<number> {
    const { replay, zone_differs } = this.#parts;
    const dates = zone_differs ? [addDays(date, -1), date, addDays(date, 1)] : [date];
    const numbers = replay.schedule.days.flatMap((day, number) =>
      dates.includes(day.date) ? [number] : [],
    );
    return new Set(numbers);
  }

  #effectsOf(batches: readonly KnownBatch[]): BatchEffects {
    const visits = batches.reduce((sum, batch) => sum + batch.visits, 0);
    if (visits > mostVisits || this.#effects >= mostEffects) return noEffects;
    this.#effects++;
    return batchEffects(batches, this.#parts.replay.maker, this.#parts.facts.choices);
  }

  #logOf(date: string, batches: () => readonly KnownBatch[]): LogEvidence {
    const { replay, facts, log } = this.#parts;
    const { timezone } = facts.choices;
    const delivered = once(() =>
      deliveredVisits(
        batches(),
        replay.maker,
        facts.choices,
        mostVisits,
        (start_ms) => dayOf(start_ms, timezone) === date,
      ),
    );
    return {
      sample: async () => {
        const last = this.#samples.at(-1);
        if (last !== undefined && this.#samples.length >= mostSamples) return last;
        const some = sampleOf([...delivered().by_visitor.keys()], sampleSize);
        const found = new Set((await log.ofVisitors(date, some)).map((v) => v.visitor_id)).size;
        const sample = { looked_for: some.length, found };
        this.#samples.push(sample);
        return sample;
      },
      census: async () => {
        if (this.#censuses >= mostCensuses) return null;
        this.#censuses++;
        return takeCensus(log, date, delivered());
      },
      details: (visits) =>
        visits.map((visit) =>
          detailsOf(visit, replay.maker, replay.settings.randomize_visitor_countries),
        ),
    };
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
