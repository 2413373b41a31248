import {
  defaultSettings,
  type PlanSummary,
  planSummary,
  type Settings,
} from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import { materialWith } from '../testing/funnel-material.ts';
import { backfillCalendar } from './backfill-calendar.ts';
import { liveCalendar } from './live-calendar.ts';
import { preview } from './preview.ts';

const seed = 4;
const now_ms = Date.UTC(2026, 2, 25, 15);
const visits = 10_000;

function previewOf(
  changes: Partial<Settings> = {},
  options: { readonly material?: Material; readonly planned?: Partial<Settings> } = {},
): PlanSummary {
  const settings = { ...defaultSettings, timezone: 'Europe/Stockholm', ...changes };
  const { material = builtinMaterial(), planned = {} } = options;
  const plan = compilePlan({ ...settings, ...planned }, material, seed);
  const calendar = liveCalendar(settings, seed, 0, '2026-03-26');
  return planSummary.parse(preview({ settings, material, seed, plan, calendar, from: 0, visits }));
}

const everything: Partial<Settings> = {
  channels: { search: 3, social: 1, campaign: 2, ai: 1 },
  search_engines: { google: 3, bing: 1 },
  countries: { se: 3, no: 1 },
  negative_traffic: { bots: 0.05, ai_fetchers: 0.02, spam_referrers: 0.02 },
  traffic_shape: 'consumer',
  target_visits_per_day: 3_000,
  pageviews_min: 1,
};
const funnels = [
  {
    name: 'Half',
    probability: 0.3,
    exit_after_completion: true,
    steps: [
      { type: 'pageview', url: 'https://shop.example.test/a', drop_off: 0.5 },
      { type: 'pageview', url: 'https://shop.example.test/b', drop_off: 0.2 },
      { type: 'ecommerce', ecommerce_revenue: 99.5, ecommerce_subtotal: 99.5 },
    ],
  },
];
const sectionOf = (summary: PlanSummary, name: string) =>
  summary.sections.find((section) => section.name === name);
const offOf = ({ sections }: PlanSummary) =>
  sections.flatMap(({ name, rows }) =>
    rows.filter(({ off }) => off).map((row) => [name, row.name]),
  );

describe('a preview', () => {
  it.each<[string, Partial<Settings>, Material?]>([
    ['the defaults', {}],
    ['everything there is', everything],
    ['everything with a funnel', everything, materialWith(funnels)],
    ['journeys', { journey_share: 0.6, journeys: 'researcher:1,buyer:2,casual:3' }],
    ['visits of one page', { pageviews_min: 1, pageviews_max: 1, visit_duration_min: 8 }],
  ])('of %s finds what was asked for', (name, changes, material) => {
    const unreachable = name === 'visits of one page' ? 6 : 0;
    expect(offOf(previewOf(changes, material && { material }))).toHaveLength(unreachable);
  });

  it.each<[string, Partial<Settings>, readonly string[]]>([
    ['channels', { channels: { search: 50, social: 25, website: 25 } }, ['search', 'social']],
    ['countries', { countries: { se: 1, no: 1 } }, ['us', 'no']],
    ['page_views', { pageviews_max: 7 }, ['3', '7']],
    ['stays', { visit_duration_max: 6 }, ['7:07 to 8:00']],
    ['actions', { sitesearch_probability: 0.2 }, ['a site search']],
    ['actions', { ecommerce_probability: 0 }, ['an order']],
    ['negative', { negative_traffic: { bots: 0.1 } }, ['bots', 'none']],
    ['journeys', { journeys: 'buyer:1' }, ['researcher', 'casual']],
  ])('tells when %s are others: %j', (section, planned, names) => {
    const asked = {
      negative: { negative_traffic: { bots: 0.05 } },
      journeys: { journey_share: 0.5 },
    }[section];
    const off = offOf(previewOf(asked, { planned }));
    for (const name of names) expect(off).toContainEqual([section, name]);
    expect(off.every(([where]) => where === section)).toBe(true);
  });

  it('counts each visit once in every section, and the parts are the whole', () => {
    const summary = previewOf(everything, { material: materialWith(funnels) });
    const many = ['actions', 'funnel Half'];
    for (const { name, total, rows } of summary.sections) {
      const sum = rows.reduce((all, { count }) => all + count, 0);
      if (!many.includes(name)) expect([name, sum]).toEqual([name, total]);
    }
    const ordinary = sectionOf(summary, 'channels')?.total ?? 0;
    const none = sectionOf(summary, 'negative')?.rows.find(({ name }) => name === 'none');
    expect(none?.count).toBe(ordinary);
    expect(sectionOf(summary, 'kinds')?.total).toBe(summary.hits);
  });

  it('shows how far visitors come in a funnel, beside how many drop off', () => {
    const steps = sectionOf(previewOf({}, { material: materialWith(funnels) }), 'funnel Half');
    expect(steps?.rows.map(({ asked }) => asked)).toEqual([1, 0.5, 0.4]);
    expect(steps?.rows[0]?.count).toBe(steps?.total);
  });

  it('shows the heaviest pages of a list with weights', () => {
    const builtin = builtinMaterial();
    const pages = builtin.pages.slice(0, 30);
    const material = { ...builtin, pages, page_weights: pages.map((_, n) => 1 / (n + 1)) };
    const summary = previewOf({}, { material });
    const rows = sectionOf(summary, 'pages')?.rows ?? [];
    expect(rows).toHaveLength(15);
    expect(rows[0]).toMatchObject({ name: pages[0]?.url.raw, off: false });
    expect(rows.every(({ off }) => !off)).toBe(true);
    expect(sectionOf(previewOf(), 'pages')).toBeUndefined();
  });

  it('adds up orders, those of funnels too', () => {
    const orders = sectionOf(previewOf({}, { material: materialWith(funnels) }), 'orders');
    const figure = (name: string) => orders?.figures.find((each) => each.name === name)?.value ?? 0;
    expect(figure('revenue') / figure('mean order')).toBeCloseTo(orders?.total ?? 0, -1);
  });
});

describe('the days of a preview', () => {
  const daysOf = (changes: Partial<Settings>) => previewOf(changes).calendar.days;

  it('are the seven after today, those that are filled with their visits', () => {
    const days = daysOf({ target_visits_per_day: 2_400, traffic_shape: 'business' });
    expect(days.map(({ date }) => date)).toEqual(
      [26, 27, 28, 29, 30, 31].map((day) => `2026-03-${day}`).concat('2026-04-01'),
    );
    expect(days.map(({ asked }) => asked)).toEqual(Array.from({ length: 7 }, () => 2_400));
    const planned = days.map((day) => day.planned);
    expect(planned.slice(4)).toEqual([null, null, null]);
    for (const count of planned.slice(0, 4)) expect(Math.abs((count ?? 0) - 2_400)).toBeLessThan(3);
  });

  it('follow the clock where the rate is the same all day', () => {
    const days = daysOf({ target_visits_per_day: 2_400 });
    expect(days[3]).toMatchObject({ date: '2026-03-29', asked: 2_300 });
    expect(Math.abs((days[3]?.planned ?? 0) - 2_300)).toBeLessThan(3);
  });

  it('have no more visits than the daily cap', () => {
    const days = daysOf({ target_visits_per_day: 20_000, max_visits_per_day: 1_500 });
    expect(days.map(({ asked }) => asked)).toEqual(Array.from({ length: 7 }, () => 1_500));
    expect(days.slice(0, 6).map(({ planned }) => planned)).toEqual(
      Array.from({ length: 6 }, () => 1_500),
    );
  });

  it('have the volumes of their seasons, holidays and spikes', () => {
    const days = daysOf({
      target_visits_per_day: 1_000,
      spikes: '2026-03-27:3',
      holidays: '03-28:0.5',
    });
    expect(days.map(({ asked }) => asked)).toEqual([1_000, 3_000, 500, 1_000, 1_000, 1_000, 1_000]);
    for (const { asked, planned } of days) {
      if (planned !== null) expect(Math.abs(planned - (asked ?? 0))).toBeLessThan(3);
    }
    expect(days.at(-2)?.planned).not.toBeNull();
  });

  it('have the bursts of campaigns, which nobody takes for chance', () => {
    const bursts = [{ from: '2026-03-26', to: '2026-03-26', share: 1 }];
    const summary = previewOf({
      target_visits_per_day: 2_000,
      channels: { search: 1, campaign: 1 },
      campaigns: JSON.stringify([{ name: 'sale', bursts }, { name: 'usual' }]),
    });
    expect(offOf(summary)).toEqual([]);
    const sale = sectionOf(summary, 'campaigns')?.rows.find(({ name }) => name === 'sale');
    expect(sale?.asked).toBeNull();
    expect(sale?.count).toBeGreaterThan(2_000);
  });

  it('of a backfill end where it began', () => {
    const settings: Settings = { ...defaultSettings, target_visits_per_day: 5_000 };
    const window = { first_day: '2026-03-25', last_day: '2026-03-25', days: 1 };
    const material = builtinMaterial();
    const changes = { ...settings, backfill_max_visits_per_day: 0, timezone: 'UTC' };
    const calendar = backfillCalendar({ settings: changes, material }, window, seed, now_ms);
    const plan = compilePlan(changes, material, seed);
    const facts = { settings: changes, material, seed, plan, calendar, from: 0 };
    const hours = sectionOf(preview({ ...facts, visits: calendar.visits }), 'hours');
    expect(hours?.rows.filter(({ off }) => off)).toEqual([]);
    expect(hours?.rows.filter(({ count }) => count > 0)).toHaveLength(15);
  });

  it('of a backfill are those of its schedule', () => {
    const settings: Settings = { ...defaultSettings, target_visits_per_day: 300 };
    const window = { first_day: '2026-03-20', last_day: '2026-03-24', days: 5 };
    const material = builtinMaterial();
    const calendar = backfillCalendar({ settings, material }, window, seed, now_ms);
    const plan = compilePlan(settings, material, seed);
    const counted = (most: number) =>
      preview({ settings, material, seed, plan, calendar, from: 0, visits: most });
    const all = counted(calendar.visits).calendar.days;
    expect(all.reduce((sum, { planned }) => sum + (planned ?? 0), 0)).toBe(calendar.visits);
    const some = counted(calendar.visits - 1);
    expect(some.calendar.days.map(({ planned }) => planned)).toEqual([
      ...all.slice(0, 4).map(({ planned }) => planned),
      null,
    ]);
    expect(sectionOf({ ...some, calendar: some.calendar }, 'hours')?.total).toBe(
      all.slice(0, 4).reduce((sum, { planned }) => sum + (planned ?? 0), 0),
    );
  });
});
