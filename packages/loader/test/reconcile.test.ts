import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../src/edge/failure.ts';
import { FilledSite, shop, usualWindow } from './filled-site.ts';

const problemOf = async (attempt: Promise<unknown>) => {
  const failure = await attempt.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`no Failure: ${String(failure)}`);
  return { ...failure.problems[0]!, exit_code: failure.exitCode };
};

describe('a backfill that arrived', () => {
  let site: FilledSite;
  beforeAll(async () => {
    site = await FilledSite.start();
    expect(await site.backfill()).toBe(0);
  });
  afterAll(() => site.close());

  it('is equal on every day in every metric, over a change of clocks', async () => {
    const { exitCode, report, text } = await site.reconcile();
    expect(report.differences).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      ok: true,
      timezone: 'Europe/Stockholm',
      finished: true,
      days: { compared: 4, equal: 4, different: 0 },
      hits: { uncertain: 0 },
      not_compared: [],
      notices: [],
      reads: 1,
    });
    expect(report.metrics).toHaveLength(38);
    for (const name of ['visits', 'page_views', 'searches', 'outlinks', 'events', 'orders']) {
      expect([name, report.totals[name]?.planned]).not.toEqual([name, 0]);
    }
    expect(report.totals.visits?.planned).toBe(site.matomo.store.visits(1).length);
    expect(text).toContain('4 of 4 days equal');
    expect(text).toContain('Equal: Matomo reports what was delivered');
    expect(text).not.toContain(site.matomo.token);
  });

  it('is judged by the settings that it was begun with, whatever is set now', async () => {
    const other = ['TARGET_VISITS_PER_DAY=7', 'PAGEVIEWS_MAX=3', 'BACKFILL_SEED=99'];
    expect((await site.reconcile({}, other)).exitCode).toBe(0);
  });

  it('cannot be judged with other pages', async () => {
    const urls = join(site.folder, 'urls.txt');
    const other = await FilledSite.start();
    try {
      writeFileSync(urls, 'https://shop.example.test/\tHome\nhttps://shop.example.test/a\tA\n');
      expect(await other.backfill([...usualWindow, `URLS_FILE=${urls}`])).toBe(0);
      expect((await other.reconcile()).exitCode).toBe(0);
      writeFileSync(urls, 'https://shop.example.test/\tHome\n');
      expect(await problemOf(other.reconcile())).toMatchObject({
        code: 'state_of_other_settings',
        exit_code: 2,
      });
    } finally {
      await other.close();
    }
  });

  it('is equal on a site with goals that visits convert by themselves', async () => {
    const goals = [
      { idgoal: 1, name: 'Any page', match_attribute: 'url' as const, pattern: 'http' },
      { idgoal: 4, name: 'File', match_attribute: 'file' as const, pattern: '.', revenue: 2.5 },
    ].map((goal) => ({ ...goal, allow_multiple: goal.idgoal === 4 ? (1 as const) : (0 as const) }));
    const converting = await FilledSite.start({ ...shop, goals });
    try {
      expect(await converting.backfill()).toBe(0);
      const { report } = await converting.reconcile();
      expect(report.differences).toEqual([]);
      expect(report.totals.goal_1_conversions?.planned).toBe(report.totals.visits?.planned);
      expect(report.totals.goal_4_revenue_minor?.planned).toBeGreaterThan(0);
    } finally {
      await converting.close();
    }
  });

  it('is equal over a season, a spike, a holiday and a campaign’s burst', async () => {
    const seasonal = await FilledSite.start();
    const campaigns = [
      { name: 'sale', bursts: [{ from: '2025-03-29', to: '2025-03-30', share: 0.6 }] },
    ];
    try {
      const set = [
        ...usualWindow,
        'SEASON=3:1.5,12:2',
        'SPIKES=2025-03-30:3',
        'HOLIDAYS=03-31:0.5',
        'GROWTH_PERCENT_PER_YEAR=30',
        'TRAFFIC_SHAPE=business',
        `CAMPAIGNS=${JSON.stringify(campaigns)}`,
      ];
      expect(await seasonal.backfill(set)).toBe(0);
      const { exitCode, report } = await seasonal.reconcile();
      expect(report.differences).toEqual([]);
      expect([exitCode, report.days]).toEqual([0, { compared: 4, equal: 4, different: 0 }]);
      const visits = seasonal.matomo.store.visits(1);
      const fromSale = visits.filter(({ referrer }) => referrer.type === 'campaign').length;
      expect(report.totals.campaign_visits?.planned).toBe(fromSale);
      expect(fromSale / visits.length).toBeGreaterThan(0.3);
    } finally {
      await seasonal.close();
    }
  });

  it('is equal when it was sent one hit at a time', async () => {
    const single = await FilledSite.start();
    try {
      const few = ['TARGET_VISITS_PER_DAY=15', 'DELIVERY=single', 'CONCURRENCY=4'];
      expect(await single.backfill([...usualWindow, ...few])).toBe(0);
      const { report } = await single.reconcile({}, ['DELIVERY=single']);
      expect(report.differences).toEqual([]);
    } finally {
      await single.close();
    }
  });
});

describe('what was there before', () => {
  let site: FilledSite;
  beforeEach(async () => {
    site = await FilledSite.start();
  });
  afterEach(() => site.close());

  /** Three page views of one visitor and a search by another, on the second day of the window. */
  async function visitBefore(): Promise<void> {
    for (const [cid, at, more] of [
      ['a'.repeat(16), '10:00:00', ''],
      ['a'.repeat(16), '10:01:00', ''],
      ['a'.repeat(16), '10:02:00', ''],
      ['b'.repeat(16), '11:00:00', '&search=shoes'],
    ]) {
      const url = encodeURIComponent('https://shop.example.test/before');
      const query = `idsite=1&rec=1&cid=${cid}&url=${url}&ua=Mozilla%2F5.0&cdt=2025-03-29%20${at}&token_auth=${site.matomo.token}${more}`;
      expect((await fetch(`${site.matomo.tracker_url}?${query}`)).status).toBe(200);
    }
  }

  it('is taken off, and what cannot be taken off is not compared', async () => {
    await visitBefore();
    expect(await site.backfill()).toBe(0);
    const { exitCode, report, text } = await site.reconcile();
    expect(report.differences).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.baseline_taken_at).not.toBeNull();
    expect(report.not_compared.map(({ metric, days }) => [metric, days])).toEqual([
      ['unique_visitors', ['2025-03-29']],
      ['max_actions', ['2025-03-29']],
      ['keywords', ['2025-03-29']],
    ]);
    expect(report.notices).toEqual([
      '1 of the days had data before; only what came since is compared.',
    ]);
    expect(text).toContain('Not compared: unique visitors, max actions, keywords (1 day:');
  });

  it('is other traffic when it came later', async () => {
    expect(await site.backfill()).toBe(0);
    await visitBefore();
    const { exitCode, report } = await site.reconcile();
    expect(exitCode).toBe(5);
    expect(report.differences.map(({ date }) => date)).toEqual(['2025-03-29']);
    expect(report.differences[0]?.causes).toMatchObject([
      { code: 'foreign_visits', text: expect.stringContaining('2 visits in the log') },
    ]);
  });

  it('is kept from the first start on: a resumed backfill does not read it again', async () => {
    await visitBefore();
    expect(await site.backfill()).toBe(0);
    const name = readdirSync(site.folder).find((each) => each.endsWith('.baseline.json'));
    const file = join(site.folder, name ?? '');
    const before = readFileSync(file, 'utf8');
    expect(await site.backfill()).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
    writeFileSync(file, '{"half":');
    const { report } = await site.reconcile();
    expect(report.baseline_taken_at).toBeNull();
    expect(report.notices.join()).toContain('There is no baseline');
    expect(report.ok).toBe(false);
  });
});

describe('a site that reports less than it gets', () => {
  it.each([
    ['ecommerce', 'ecommerce_off', ['orders', 'order_revenue_minor', 'conversions']],
    ['sitesearch', 'sitesearch_off', ['searches', 'keywords', 'page_views']],
  ] as const)('names what is off: %s', async (feature, code, metrics) => {
    const site = await FilledSite.start({ ...shop, [feature]: 0 });
    try {
      expect(await site.backfill()).toBe(0);
      const { exitCode, report } = await site.reconcile();
      expect(exitCode).toBe(5);
      expect(report.days.different).toBe(4);
      for (const day of report.differences) {
        expect(day.causes.map((cause) => cause.code)).toEqual([code]);
        const differing = day.metrics.map(({ metric }) => metric);
        expect(differing).toEqual(expect.arrayContaining([...metrics]));
        expect(differing).not.toContain('visits');
        expect(differing).not.toContain('actions');
      }
    } finally {
      await site.close();
    }
  });
});
