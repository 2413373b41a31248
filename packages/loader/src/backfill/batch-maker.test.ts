import { addDays, defaultSettings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import { longestVisit_ms } from '../plan/longest-visit.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import { BatchMaker, type Span } from './batch-maker.ts';

const seed = 21;
const days = 4;
const first_day = '2026-10-24';
const settings = {
  ...defaultSettings,
  target_visits_per_day: 30,
  backfill_max_visits_per_day: 0,
  ecommerce_probability: 0.5,
};
const plan = compilePlan(settings, builtinMaterial(), seed);
const window = { first_day, last_day: addDays(first_day, days - 1), days };
const schedule = new BackfillSchedule(window, 'Europe/Stockholm', Date.UTC(2030, 0, 1), seed, {
  ...settings,
  longest_visit_ms: longestVisit_ms(settings, builtinMaterial()),
});
const query = { site_id: 3, with_location: true, order_prefix: 'B-' };
const makerOf = (lanes: number) => new BatchMaker(plan, schedule, seed, lanes, query);

/** All batches of a lane, as a run without trouble makes them. */
function batchesOf(maker: BatchMaker, lane: number, size: number): Span[] {
  const batches: Span[] = [];
  for (let from = 0; ; ) {
    const next = maker.seek(lane, from);
    if (next === null) return batches;
    const span = maker.gather(lane, next.index, size);
    batches.push(span);
    from = span.end_index;
  }
}
const indicesOf = (span: Span) => [...new Set(span.hits.map(({ visit }) => visit.index))];

describe('batches', () => {
  const shapes = { lanes: fc.integer({ min: 1, max: 9 }), size: fc.integer({ min: 1, max: 300 }) };

  it('hold whole visits of one lane and one day, and all of them together every visit once', () => {
    fc.assert(
      fc.property(shapes.lanes, shapes.size, (lanes, size) => {
        const maker = makerOf(lanes);
        const seen: number[] = [];
        for (let lane = 0; lane < lanes; lane++) {
          for (const span of batchesOf(maker, lane, size)) {
            const indices = indicesOf(span);
            seen.push(...indices);
            expect(span.visits).toBe(indices.length);
            expect(span.visits === 1 || span.hits.length <= size).toBe(true);
            expect(span.hits.length).toBe(
              indices.reduce((sum, index) => sum + plan(index).hits.length, 0),
            );
            for (const index of indices) {
              expect(schedule.dayOf(index)).toBe(span.day);
              expect(index >= span.first_index && index < span.end_index).toBe(true);
            }
          }
        }
        expect(seen.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: schedule.visits }, (_, index) => index),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are as large as they may be', () => {
    const [first, second] = batchesOf(makerOf(1), 0, 60) as [Span, Span];
    const next = plan(second.first_index).hits.length;
    expect(first.hits.length).toBeLessThanOrEqual(60);
    expect(first.hits.length + next).toBeGreaterThan(60);
  });

  it('keep a visitor in its lane: no visitor is in two', () => {
    const maker = makerOf(5);
    const laneOf = new Map<string, number>();
    for (let lane = 0; lane < 5; lane++) {
      for (const span of batchesOf(maker, lane, 100)) {
        for (const { visit } of span.hits) {
          expect(laneOf.get(visit.visitor.id) ?? lane).toBe(lane);
          laneOf.set(visit.visitor.id, lane);
        }
      }
    }
    expect(new Set(laneOf.values()).size).toBe(5);
  });

  it('made again from their bounds are the same to the byte', () => {
    fc.assert(
      fc.property(shapes.lanes, shapes.size, (lanes, size) => {
        const maker = makerOf(lanes);
        for (let lane = 0; lane < lanes; lane++) {
          for (const { hits, ...bounds } of batchesOf(maker, lane, size)) {
            const fresh = makerOf(lanes);
            const again = fresh.hitsOf({ ...bounds, lane, opener: false });
            expect(fresh.queriesOf(again)).toEqual(maker.queriesOf(hits));
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('the opener of a day', () => {
  it('is the first hit of its visit, which the batch then goes without', () => {
    const maker = makerOf(2);
    const { index, day } = maker.seek(1, 40) as { index: number; day: number };
    const whole = maker.gather(1, index, 100);
    const opener = maker.opener(index);
    expect(opener.position).toBe(0);
    expect(opener.hit).toBe(whole.hits[0]?.hit && opener.hit);
    maker.markOpened(index);
    const rest = maker.gather(1, index, 100);
    expect(rest.day).toBe(day);
    expect(rest.hits[0]?.position).toBe(1);
    const queries = [...maker.queriesOf([opener]), ...maker.queriesOf(rest.hits)];
    expect(maker.queriesOf(whole.hits)).toEqual(queries.slice(0, whole.hits.length));
    const bounds = { first_index: index, end_index: index, lane: 1, opener: true };
    expect(maker.queriesOf(maker.hitsOf(bounds))).toEqual(queries.slice(0, 1));
  });
});

describe('a query', () => {
  const all = makerOf(1).gather(0, 0, 500);
  const queries = makerOf(1)
    .queriesOf(all.hits)
    .map((text) => new URLSearchParams(text));

  it('has the time of its hit in UTC, within its day in the zone of the site', () => {
    const day = schedule.days[0];
    for (const [at, parameters] of queries.entries()) {
      const { start_ms, hit } = all.hits[at] as (typeof all.hits)[number];
      const cdt_ms = Date.parse(`${parameters.get('cdt')?.replace(' ', 'T')}Z`);
      expect(cdt_ms).toBe(Math.floor((start_ms + hit.offset_ms) / 1000) * 1000);
      expect(cdt_ms >= (day?.start_ms ?? 0) && cdt_ms < (day?.end_ms ?? 0)).toBe(true);
    }
  });

  it('names site and visitor, and orders by the backfill’s prefix', () => {
    expect(new Set(queries.map((parameters) => parameters.get('idsite')))).toEqual(new Set(['3']));
    expect(queries.every((parameters) => /^[0-9a-f]{16}$/.test(parameters.get('cid') ?? ''))).toBe(
      true,
    );
    const orders = queries.flatMap((parameters) => parameters.get('ec_id') ?? []);
    expect(orders.length).toBeGreaterThan(2);
    for (const order of orders) expect(order).toMatch(/^B-[0-9A-Z]{6,}$/);
  });
});
