import { readFileSync, writeFileSync } from 'node:fs';
import { defaultSettings } from '@trafficinator/contract';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchMaker } from '../src/backfill/batch-maker.ts';
import { BackfillSchedule } from '../src/pace/backfill/backfill-schedule.ts';
import { longestVisit_ms } from '../src/plan/longest-visit.ts';
import { compilePlan } from '../src/plan/plan.ts';
import {
  everyKind,
  exampleFile,
  exampleFunnels,
  hasty,
  materialWith,
} from '../src/testing/funnel-material.ts';
import { FilledSite, shop } from './filled-site.ts';
import { quick, summaryOf, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

describe('the command line', () => {
  it('runs the funnels of a file and tells how far visitors came', async () => {
    const standIn = yard.keep(await startFakeMatomo());
    const path = yard.path('funnels.json');
    writeFileSync(path, JSON.stringify(exampleFunnels().map(hasty)));
    const ended = await yard.run({
      ...quick,
      MATOMO_URL: standIn.url,
      MATOMO_TOKEN_AUTH: standIn.token,
      FUNNEL_CONFIG_PATH: path,
      MAX_VISITS: 80,
      SEED: 3,
      STATE_DIR: yard.path('funnels'),
    });
    expect(ended.code, ended.err).toBe(0);
    const { funnels, visits } = summaryOf(ended);
    expect(visits.delivered).toBe(80);
    expect(funnels.map(({ name }) => name)).toEqual([
      'Ecommerce Purchase',
      'Lead Generation',
      'Content Discovery',
    ]);
    for (const { planned, name: _, ...numbers } of funnels) {
      expect(planned.starts).toBeGreaterThan(3);
      expect(numbers).toEqual(planned);
    }
    expect(standIn.store.visits(1)).toHaveLength(80);
  });

  it('shows in a plan which visits take a funnel, and their steps', async () => {
    const path = yard.path('planned.json');
    writeFileSync(path, JSON.stringify(exampleFunnels()));
    const planned = async (format: string) =>
      (await yard.run({ FUNNEL_CONFIG_PATH: path }, ['plan', '--visits', '30', '--format', format]))
        .out;
    const table = await planned('table');
    expect(table).toMatch(/^visit 0 .* funnel “Ecommerce Purchase”, 6 of 6 steps$/m);
    expect(table).toMatch(/^ {2}\+0:0\d\.\d +step 6 {2}order /m);
    const visits = (await planned('jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const taken = visits.filter((visit) => 'funnel' in visit);
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.length).toBeLessThan(30);
    for (const { funnel, hits } of taken) {
      const { length } = hits.filter((hit: object) => 'step' in hit);
      expect(hits.slice(0, length).map(({ step }: { step: number }) => step)).toEqual(
        [1, 2, 3, 4, 5, 6].slice(0, length),
      );
      expect(length).toBe(funnel === 'Ecommerce Purchase' ? 6 : 4);
    }
  });

  it('refuses a broken file and says where it is broken', async () => {
    const path = yard.path('broken.json');
    const [purchase] = exampleFunnels() as [{ steps: object[] }];
    const steps = purchase.steps.map((step, at) =>
      at === 1 ? { ...step, event_action: '' } : step,
    );
    writeFileSync(path, JSON.stringify([{ ...purchase, steps, probability: 2 }]));
    const ended = await yard.run({ MATOMO_URL: 'http://127.0.0.1:9', FUNNEL_CONFIG_PATH: path });
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('Funnel 1 “Ecommerce Purchase”: probability is 2');
    expect(ended.err).toContain(
      'Funnel 1 “Ecommerce Purchase”, step 2 (event): event_action is empty',
    );
  });

  it('tells in a check which share of all visits each funnel gets', async () => {
    const path = yard.path('checked.json');
    writeFileSync(path, JSON.stringify(exampleFunnels()));
    const settings = { MATOMO_URL: 'https://matomo.lan', FUNNEL_CONFIG_PATH: path };
    const checked = await yard.run(settings, ['check', '--skip-connection']);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain(
      `3 from ${path}: Ecommerce Purchase 35 %, Lead Generation 16.25 %, Content Discovery 19.5 %`,
    );
  });

  it('takes events from a file', async () => {
    const standIn = yard.keep(await startFakeMatomo());
    const ended = await yard.run({
      ...quick,
      MATOMO_URL: standIn.url,
      EVENTS_FILE: exampleFile('events.json'),
      MAX_VISITS: 60,
      SEED: 3,
      STATE_DIR: yard.path('events'),
    });
    expect(ended.code, ended.err).toBe(0);
    const url = `${standIn.url}/index.php?module=API&method=Events.getCategory&idSite=1&period=day&date=today&format=json&token_auth=${standIn.token}`;
    const categories = (await (await fetch(url)).json()) as { label: string }[];
    const known = JSON.parse(readFileSync(exampleFile('events.json'), 'utf8'));
    const names = [...known.click_events, ...known.random_events].map(({ category }) => category);
    expect(categories.length).toBeGreaterThan(1);
    for (const { label } of categories) expect(names).toContain(label);
  });
});

describe('a backfill with funnels', () => {
  it('plans a batch again to the byte', () => {
    const settings = { ...defaultSettings, target_visits_per_day: 60, bulk_size: 40 };
    const window = { first_day: '2026-03-29', last_day: '2026-03-30', days: 2 };
    const funnels = [...exampleFunnels(), everyKind];
    const query = { site_id: 1, with_location: true, order_prefix: 'B-' };
    const maker = () => {
      const cut_ms = Date.UTC(2030, 0, 1);
      const material = materialWith(funnels);
      const longest_visit_ms = longestVisit_ms(settings, material);
      const options = { ...settings, longest_visit_ms };
      const schedule = new BackfillSchedule(window, 'Europe/Stockholm', cut_ms, 5, options);
      return new BatchMaker(compilePlan(settings, material, 5), schedule, 5, 2, query);
    };
    const first = maker();
    const orders: string[] = [];
    for (const lane of [0, 1]) {
      for (let next = first.seek(lane, 0); next !== null; ) {
        const span = first.gather(lane, next.index, 40);
        const sent = first.queriesOf(span.hits);
        const again = maker();
        const bounds = { lane, first_index: span.first_index, end_index: span.end_index };
        expect(again.queriesOf(again.hitsOf({ ...bounds, opener: false }))).toEqual(sent);
        orders.push(...sent.flatMap((each) => /&ec_id=([^&]+)/.exec(each)?.[1] ?? []));
        next = first.seek(lane, span.end_index);
      }
    }
    expect(orders.length).toBeGreaterThan(50);
    expect(new Set(orders).size).toBe(orders.length);
  });

  it('is what Matomo’s reports then say, day by day and number by number', async () => {
    const goals = [
      { idgoal: 1, name: 'One', revenue: 10 },
      { idgoal: 2, name: 'Two' },
    ];
    const site = await FilledSite.start({ ...shop, goals });
    try {
      const path = yard.path('backfilled.json');
      const list = [...exampleFunnels(), { ...everyKind, probability: 0.5, priority: 9 }];
      writeFileSync(path, JSON.stringify(list));
      const funnels = `FUNNEL_CONFIG_PATH=${path}`;
      const window = ['BACKFILL_START_DATE=2025-03-29', 'BACKFILL_END_DATE=2025-03-30'];
      const more = ['TARGET_VISITS_PER_DAY=80', 'BACKFILL_SEED=3', 'BULK_SIZE=60'];
      expect(await site.backfill([...window, ...more, funnels])).toBe(0);
      const { exitCode, report } = await site.reconcile({}, [funnels]);
      expect(report.differences).toEqual([]);
      expect(exitCode).toBe(0);
      expect(report.days).toMatchObject({ compared: 2, equal: 2 });
      const others = [{ ...everyKind, probability: 0.4 }];
      writeFileSync(path, JSON.stringify(others));
      await expect(site.reconcile({}, [funnels])).rejects.toThrow(
        /funnels, events, journeys or plugins are not those/,
      );
    } finally {
      await site.close();
    }
  });
});
