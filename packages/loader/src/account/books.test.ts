import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import { Books, sumOf } from './books.ts';
import { Ledger } from './ledger/ledger.ts';

const negative_traffic = { bots: 0.2, ai_fetchers: 0.1, spam_referrers: 0.1 };
const plan = compilePlan({ ...defaultSettings, negative_traffic }, builtinMaterial(), 3);
const visits = Array.from({ length: 300 }, (_, index) => plan(index));
const negative = visits.filter((visit) => visit.negative !== undefined);
const hitsOf = (some: typeof visits) => some.reduce((sum, { hits }) => sum + hits.length, 0);
const at_ms = Date.UTC(2026, 5, 10, 12);

/** Every third visit is never begun, and every visit’s first hit times out if its index is even. */
function booksOf(some: typeof visits): Books {
  const books = new Books(new Ledger({ timezone: 'UTC' }));
  for (const visit of some) {
    books.visitPlanned(visit);
    if (visit.index % 3 === 0) {
      books.visitDropped(visit, 'no_slot');
      continue;
    }
    const fails = visit.index % 2 === 0;
    for (const [n, hit] of visit.hits.entries()) {
      const lost = fails && n === 0;
      books.hitEnded(lost ? 'unknown' : 'accepted', lost ? 'timeout' : '', hit, visit, at_ms);
    }
    books.visitEnded(!fails, visit);
  }
  return books;
}

describe('the books', () => {
  it('count negative traffic with the rest and apart', () => {
    const { tally, negative: apart } = booksOf(visits);
    expect(tally.visits.planned).toBe(300);
    expect(tally.hits.planned).toBe(hitsOf(visits));
    expect(apart.visits.planned).toBe(negative.length);
    expect(apart.hits.planned).toBe(hitsOf(negative));
    const dropped = negative.filter(({ index }) => index % 3 === 0);
    const failing = negative.filter(({ index }) => index % 3 !== 0 && index % 2 === 0);
    expect(apart.visits).toMatchObject({ dropped: dropped.length, partial: failing.length });
    expect(apart.hits).toMatchObject({ dropped: hitsOf(dropped), unknown: failing.length });
    for (const { hits, visits: ended, pending } of [tally, apart]) {
      expect(pending).toBe(0);
      expect(ended.planned).toBe(ended.delivered + ended.partial + ended.dropped);
      const { planned, ...outcomes } = hits;
      expect(Object.values(outcomes).reduce((a, b) => a + b, 0)).toBe(planned);
    }
  });

  it('predict nothing of what Matomo must not record', () => {
    const ordinary = visits.filter((visit) => visit.negative === undefined);
    expect(booksOf(visits).ledger?.total()).toEqual(booksOf(ordinary).ledger?.total());
    expect(booksOf(negative).ledger?.total().visits).toBe(0);
  });

  it('of several targets add up', () => {
    const [one, other] = [booksOf(visits.slice(0, 100)), booksOf(visits.slice(100))];
    expect(sumOf([one, other]).negative.numbers()).toEqual(booksOf(visits).negative.numbers());
  });
});
