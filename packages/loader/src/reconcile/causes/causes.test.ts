import { describe, expect, it } from 'vitest';
import { usualSite } from '../../../test/stub-server.ts';
import type { Site } from '../../send/preflight/api.ts';
import { ReportingError } from '../../send/reporting.ts';
import { noEffects } from '../batch-effects.ts';
import type { Census } from '../census.ts';
import { type ComparedDay, compareDay } from '../compare.ts';
import type { DeliveredVisit } from '../delivered-visit.ts';
import { diagnose } from '../diagnose.ts';
import { metricOf } from '../metric.ts';
import type { Evidence, LogEvidence } from './cause.ts';
import { shiftedDays } from './timezone.ts';

const metrics = ['visits', 'actions', 'page_views', 'orders'].map((name) => metricOf(name, 'r'));
const planned = { visits: 10, actions: 50, page_views: 40, orders: 2 };
const dayOf = (
  date: string,
  off: Record<string, number>,
  baseline: Record<string, number> = {},
): ComparedDay => {
  const names = metrics.map(({ name }) => name);
  const recorded = Object.fromEntries(
    names.map((name) => [
      name,
      planned[name as keyof typeof planned] + (off[name] ?? 0) + (baseline[name] ?? 0),
    ]),
  );
  return compareDay(date, planned, recorded, baseline, metrics);
};

const site: Site = {
  ...usualSite,
  ecommerce: true,
  sitesearch: true,
  exclude_unknown_urls: false,
  ts_created: null,
  sitesearch_keyword_parameters: '',
  urls: [usualSite.main_url],
};

const visit = (n: number): DeliveredVisit => ({
  index: n,
  visitor_id: String(n).repeat(16),
  start_ms: 0,
  actions: 5,
  visits: 1,
  batch: 1,
});
const nothingFound: Census = {
  looked_for: 10,
  delivered: 10,
  missing: [],
  split: [],
  more: [],
  fewer: [],
  strangers: 0,
  negative: new Map(),
};

function evidence(
  day: ComparedDay,
  census: Partial<Census> | null = {},
  more: Partial<Evidence> = {},
): Evidence {
  const log: LogEvidence = {
    sample: async () => ({ looked_for: 5, found: 5 }),
    census: async () => (census === null ? null : { ...nothingFound, ...census }),
    details: (visits) =>
      visits.map(({ visitor_id, actions, batch }) => ({
        visitor_id,
        started_at: '2026-01-01T00:00:00.000Z',
        actions,
        user_agent: 'Mozilla/5.0',
        address: '192.0.2.1',
        country: 'se',
        referrer: null,
        batch,
      })),
  };
  return {
    day,
    site,
    site_id: 1,
    first_day: '2026-01-01',
    last_day: '2026-01-31',
    planned_zone: 'UTC',
    zone_differs: false,
    shifted: false,
    uncertain: [],
    effects: () => noEffects,
    log,
    ...more,
  };
}

const codesOf = async (...of: Parameters<typeof evidence>) =>
  (await diagnose(evidence(...of))).map(({ code }) => code);

describe('days that lack what their neighbours have', () => {
  const days = [
    dayOf('2026-01-01', { visits: -2, actions: -9 }),
    dayOf('2026-01-02', { visits: 2, actions: 9 }),
    dayOf('2026-01-03', {}),
  ];
  it('are shifted, if nothing is missing over all of them', async () => {
    expect([...shiftedDays(days)]).toEqual(['2026-01-01', '2026-01-02']);
    expect(shiftedDays(days.slice(0, 1)).size).toBe(0);
    expect(shiftedDays([...days, dayOf('2026-01-04', { visits: -1 })]).size).toBe(0);
    const causes = await diagnose(evidence(days[0]!, {}, { shifted: true }));
    expect(causes).toMatchObject([
      { code: 'days_shifted', text: expect.stringContaining('Europe/Stockholm') },
    ]);
  });
});

describe('the visitor log', () => {
  const short = dayOf('2026-01-01', { visits: -2, actions: -9, page_views: -9 });
  const deviation = (n: number, logged_visits: number, logged_actions: number) => ({
    delivered: visit(n),
    logged_visits,
    logged_actions,
  });

  it('names the visits that are missing, and who they were', async () => {
    const missing = [1, 2, 3, 4, 5, 6, 7].map(visit);
    const [cause] = await diagnose(evidence(short, { missing }));
    expect(cause).toMatchObject({ code: 'visits_missing', label: '7 visits missing' });
    expect(cause?.missing_visits).toHaveLength(5);
    expect(cause?.text).toContain('7 of 10 delivered visits are not in the visitor log');
    expect(cause?.text).toContain('visitor 1111111111111111 (2026-01-01T00:00:00.000Z, 5 actions');
    expect(cause?.text).toContain('from 192.0.2.1 (se), no referrer, Mozilla/5.0)');
    expect(cause?.text).toContain('and 2 more');
  });

  it('knows a sample of a busy day', async () => {
    const [cause] = await diagnose(
      evidence(short, { missing: [visit(1)], looked_for: 50, delivered: 90_000 }),
    );
    expect(cause?.text).toContain('1 of 50 looked-up (of 90000) delivered visit is not');
  });

  it('knows negative traffic that Matomo recorded all the same', async () => {
    const high = dayOf('2026-01-01', { visits: 3, actions: 3 });
    const negative = new Map([
      ['bots', 2],
      ['spam_referrers', 1],
    ] as const);
    const [cause, ...more] = await diagnose(evidence(high, { negative }));
    expect(more).toEqual([]);
    expect(cause).toMatchObject({ code: 'negative_recorded', label: 'negative traffic' });
    expect(cause?.text).toContain('3 visits of NEGATIVE_TRAFFIC are in the log (2 of bots, 1 of');
    expect(cause?.text).toContain('bots=1');
    expect(cause?.text).toContain('enable_spam_filter');
    const [sampled] = await diagnose(evidence(high, { negative, strangers: null }));
    expect(sampled?.text).toContain('as far as they were looked up');
  });

  it('knows split and changed visits, and other traffic less what was there before', async () => {
    const high = dayOf('2026-01-01', { visits: 3, actions: 4 }, { visits: 4 });
    expect(await codesOf(high, { split: [deviation(1, 2, 5)] })).toEqual(['visits_split']);
    expect(
      await codesOf(high, { more: [deviation(1, 1, 9)], fewer: [deviation(2, 1, 1)] }),
    ).toEqual(['visits_changed']);
    expect(await codesOf(high, { strangers: 7 })).toEqual(['foreign_visits']);
    const causes = await diagnose(evidence(high, { strangers: 7 }));
    expect(causes[0]?.text).toContain('3 visits in the log');
    expect(await codesOf(high, { strangers: 4 })).toEqual(['unexplained']);
  });

  it('that has everything shows that the reports are old', async () => {
    expect(await codesOf(short)).toEqual(['not_archived']);
  });

  it('that was not read, or cannot be, explains nothing', async () => {
    expect(await codesOf(short, null)).toEqual(['not_looked_up']);
    const closed = evidence(short);
    const log = { ...closed.log, census: () => Promise.reject(new ReportingError('off', true)) };
    const [cause] = await diagnose({ ...closed, log });
    expect(cause).toMatchObject({ code: 'unexplained', text: expect.stringContaining('(off)') });
  });
});

describe('what the journal does not know', () => {
  const day = dayOf('2026-01-01', { visits: -1, actions: -6, page_views: -6 });
  const uncertain = { batch: 8, day: 0, hits: 6, why: 'given_up' } as const;
  it('is a cause while the difference is not greater', async () => {
    const causes = await diagnose(evidence(day, {}, { uncertain: [uncertain] }));
    expect(causes).toMatchObject([
      { code: 'hits_uncertain', text: expect.stringContaining('batch 8: of 6 hits') },
    ]);
    const few = [{ ...uncertain, hits: 5 }];
    expect(await codesOf(day, { missing: [visit(1)] }, { uncertain: few })).toEqual([
      'visits_missing',
    ]);
  });
});

describe('orders', () => {
  it('that alone are short were refused', async () => {
    expect(await codesOf(dayOf('2026-01-01', { orders: -1 }))).toEqual(['orders_refused']);
    const withVisits = dayOf('2026-01-01', { orders: -1, visits: -1, actions: -3 });
    expect(await codesOf(withVisits, { missing: [visit(1)] })).toEqual(['visits_missing']);
  });
});
