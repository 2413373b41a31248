import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histories, inOrder } from '../../testing/histories.ts';
import { hitOfParameters, type Parameters } from '../../testing/hit-of-parameters.ts';
import type { LedgerHit } from './hit.ts';
import { Ledger } from './ledger.ts';
import { addMetrics, countNames, type DayMetrics, noMetrics } from './metrics.ts';

type Visitors = readonly (readonly LedgerHit[])[];

const hitOf = (parameters: Parameters): LedgerHit => {
  const hit = hitOfParameters(parameters);
  if (hit === null) throw new Error('a history has no excluded hits');
  return hit;
};

/** Each visitor looks for things of their own, so that keywords can be added up. */
const visitors: fc.Arbitrary<Visitors> = histories.map((history) =>
  history.map((hits, number) =>
    hits.map(hitOf).map((hit) => ({
      ...hit,
      url: hit.url?.replace('q=boots', `q=boots${number}`) ?? null,
      keyword: hit.keyword === null ? null : hit.keyword + number,
    })),
  ),
);

function daysOf(hits: readonly LedgerHit[]): Record<string, DayMetrics> {
  const ledger = new Ledger({ timezone: 'Europe/Stockholm' });
  for (const hit of hits) ledger.accepted(hit);
  return Object.fromEntries(ledger.days());
}

describe('any history', () => {
  it('gives the same days however the visitors’ hits are interleaved', () => {
    const anyOrder = visitors.chain((history) => {
      const turns = history.flatMap((hits, visitor) => hits.map(() => visitor));
      return fc.record({
        history: fc.constant(history),
        turns: fc.shuffledSubarray(turns, { minLength: turns.length }),
      });
    });
    fc.assert(
      fc.property(anyOrder, ({ history, turns }) => {
        const next = history.map(() => 0);
        const interleaved = turns.map((visitor) => {
          const at = next[visitor] as number;
          next[visitor] = at + 1;
          return history[visitor]?.[at] as LedgerHit;
        });
        expect(daysOf(interleaved)).toEqual(daysOf(history.flat()));
      }),
    );
  });

  it('of several visitors is the sum of theirs', () => {
    fc.assert(
      fc.property(visitors, (history) => {
        const sum: Record<string, DayMetrics> = {};
        for (const hits of history) {
          for (const [date, metrics] of Object.entries(daysOf(hits))) {
            sum[date] ??= noMetrics();
            addMetrics(sum[date], metrics);
          }
        }
        expect(daysOf(history.flat())).toEqual(sum);
      }),
    );
  });

  it('adds up within itself', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const day of Object.values(daysOf(inOrder(history).map(hitOf)))) {
          expect(day.new_visits + day.returning_visits).toBe(day.visits);
          expect(
            day.direct_visits +
              day.search_visits +
              day.social_visits +
              day.website_visits +
              day.campaign_visits,
          ).toBe(day.visits);
          expect(day.page_views + day.searches + day.outlinks + day.downloads + day.events).toBe(
            day.actions,
          );
          expect(day.unique_visitors).toBeLessThanOrEqual(day.visits);
          expect(day.users).toBeLessThanOrEqual(day.unique_visitors);
          expect(day.bounces).toBeLessThanOrEqual(day.visits);
          expect(day.converted_visits).toBeLessThanOrEqual(day.visits);
          expect(day.order_visits).toBeLessThanOrEqual(day.orders);
          expect(day.unique_page_views).toBeLessThanOrEqual(day.page_views);
          for (const name of countNames) expect(day[name], name).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
