import { describe, expect, it } from 'vitest';
import {
  after,
  ledgerHit,
  ledgerOf,
  order,
  start_seconds,
  totalOf,
} from '../../testing/ledger-hit.ts';
import { Ledger } from './ledger.ts';
import { noMetrics } from './metrics.ts';

const minute = 60;
const day = 86_400;
const midnight = Date.UTC(2026, 5, 11) / 1000 - start_seconds;
const other = { visitor: 'b2b2b2b2b2b2b2b2' };

describe('a visit', () => {
  it('ends for its next action after half an hour, and a ping does not keep it open', () => {
    const hits = [after(0), after(25 * minute, { kind: 'ping' }), after(30 * minute)];
    expect(totalOf(hits)).toMatchObject({ visits: 2, bounces: 2, sum_visit_length_seconds: 1501 });
  });

  it('is not begun by a ping, at midnight neither', () => {
    const late = [after(midnight - 10), after(midnight + 10, { kind: 'ping' })];
    const days = ledgerOf(late).days();
    expect([...days.keys()]).toEqual(['2026-06-10']);
    expect(days.get('2026-06-10')).toMatchObject({ visits: 1, sum_visit_length_seconds: 0 });
  });

  it('lasts as long as the hit that came in last says, and is never shorter than nothing', () => {
    expect(totalOf([after(100), after(0), after(50)])).toMatchObject({
      visits: 1,
      actions: 3,
      sum_visit_length_seconds: 0,
    });
    expect(totalOf([after(0), after(100), after(50)]).sum_visit_length_seconds).toBe(51);
  });

  it('that lies more than half an hour ahead is not seen by a hit that comes late', () => {
    const hits = [after(64 * minute), after(0), after(29 * minute)];
    expect(totalOf(hits)).toMatchObject({
      visits: 2,
      new_visits: 2,
      unique_visitors: 1,
      sum_visit_length_seconds: 1741,
    });
  });

  it('counts a page once, whatever its session and fragment', () => {
    const urls = ['/a', '/a#top', '/a?fbclid=x', '/a?x=1', '/b'];
    const hits = urls.map((url, n) => after(n, { url: `https://shop.example${url}` }));
    expect(totalOf(hits)).toMatchObject({ page_views: 5, unique_page_views: 3 });
  });

  it('counts a keyword once a day', () => {
    const search = { kind: 'search', keyword: 'shoes' } as const;
    const hits = [
      after(0, search),
      after(9, search),
      after(20, { ...other, ...search }),
      after(day, search),
    ];
    const days = ledgerOf(hits).days();
    expect(days.get('2026-06-10')).toMatchObject({ searches: 3, keywords: 1 });
    expect(days.get('2026-06-11')).toMatchObject({ searches: 1, keywords: 1 });
  });
});

describe('a visitor', () => {
  it('is new once, and unique once a day', () => {
    const hits = [after(0), after(3_600), after(3_610), after(day), after(day + 1, other)];
    const days = ledgerOf(hits).days();
    expect(days.get('2026-06-10')).toMatchObject({
      visits: 2,
      unique_visitors: 1,
      new_visits: 1,
      returning_visits: 1,
      returning_actions: 2,
    });
    expect(days.get('2026-06-11')).toMatchObject({
      visits: 2,
      unique_visitors: 2,
      new_visits: 1,
      returning_visits: 1,
    });
  });

  it('is new again when forgotten', () => {
    const ledger = ledgerOf([after(0)]);
    ledger.forget(ledgerHit().visitor);
    ledger.accepted(after(5));
    expect(ledger.total()).toMatchObject({ visits: 2, new_visits: 2, unique_visitors: 2 });
  });

  it('with a user id is the same on every device', () => {
    const hits = [after(0, { user_id: 'u' }), after(3_600, { ...other, user_id: 'u' })];
    expect(totalOf(hits)).toMatchObject({
      visits: 2,
      unique_visitors: 1,
      users: 1,
      returning_visits: 1,
    });
    const ledger = ledgerOf(hits.slice(0, 1));
    ledger.forget(ledgerHit().visitor, 'u');
    for (const hit of hits.slice(1)) ledger.accepted(hit);
    expect(ledger.total().new_visits).toBe(2);
  });

  it('who logs in takes the running visit along, and leaves the device behind', () => {
    const hits = [
      after(0),
      after(3_600),
      after(3_630, { user_id: 'u' }),
      after(3_660),
      after(3_690, { user_id: 'u' }),
    ];
    expect(totalOf(hits)).toMatchObject({
      visits: 3,
      unique_visitors: 2,
      users: 1,
      returning_visits: 2,
    });
  });

  it('who has logged in before begins a new visit by logging in', () => {
    const hits = [after(0, { user_id: 'u' }), after(7_200), after(7_230, { user_id: 'u' })];
    expect(totalOf(hits)).toMatchObject({ visits: 3, users: 1, returning_visits: 1 });
  });

  it('is not known by the device after midnight, nor two users by one device', () => {
    const late = [after(midnight - 10), after(midnight + 10, { user_id: 'u' })];
    expect(totalOf(late)).toMatchObject({ visits: 2, new_visits: 2 });
    const two = [after(0, { user_id: 'u' }), after(10, { user_id: 'v' })];
    expect(totalOf(two)).toMatchObject({ visits: 2, new_visits: 2, users: 2 });
  });
});

describe('a refused order', () => {
  it('converts a visit without being an order', () => {
    const ledger = ledgerOf([after(0)]);
    ledger.refusedOrder(after(30, order(100)));
    expect(ledger.total()).toMatchObject({
      visits: 1,
      converted_visits: 1,
      sum_visit_length_seconds: 33,
      orders: 0,
      conversions: 0,
    });
  });

  it('outside a visit leaves one without actions', () => {
    const ledger = ledgerOf([after(0)]);
    ledger.refusedOrder(after(7_200, order(100)));
    expect(ledger.total()).toMatchObject({
      visits: 2,
      actions: 1,
      bounces: 2,
      returning_visits: 1,
      returning_actions: 0,
      converted_visits: 1,
    });
  });
});

it('takes for returning whom it was told of, by device or by user', () => {
  const ledger = new Ledger({ timezone: 'Europe/Stockholm' });
  ledger.knew(ledgerHit().visitor, null);
  ledger.knew(other.visitor, 'u');
  ledger.accepted(after(0));
  ledger.accepted(after(0, { ...other, user_id: 'u' }));
  ledger.accepted(after(0, { ...other, user_id: 'v' }));
  expect(ledger.total()).toMatchObject({ visits: 3, returning_visits: 2, new_visits: 1, users: 2 });
  ledger.forget(other.visitor, 'u');
  ledger.accepted(after(day, { ...other, user_id: 'u' }));
  expect(ledger.total()).toMatchObject({ visits: 4, returning_visits: 2, new_visits: 2 });
});

it('knows no day before its first hit', () => {
  const ledger = new Ledger({ timezone: 'Europe/Stockholm' });
  expect(ledger.days().size).toBe(0);
  expect(ledger.total()).toEqual(noMetrics());
});
