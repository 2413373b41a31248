import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyKind, exampleFunnels } from '../src/testing/funnel-material.ts';
import { FilledSite, shop } from './filled-site.ts';

const days = 45;
const window = ['BACKFILL_START_DATE=2025-03-01', 'BACKFILL_END_DATE=2025-04-14'];
const settings = [
  ...window,
  'TARGET_VISITS_PER_DAY=60',
  'TRAFFIC_SHAPE=business',
  'BACKFILL_SEED=5',
  'BULK_SIZE=100',
  'RETURNING_VISITOR_SHARE=0.5',
  'USER_ID_SHARE=0.4',
  'ECOMMERCE_PROBABILITY=0.2',
  'CHANNELS=search:60,social:10,campaign:20',
];

describe('a backfill with visitors who return', () => {
  let site: FilledSite;
  let funnels: string;
  beforeAll(async () => {
    const goals = [
      { idgoal: 1, name: 'One', revenue: 10 },
      { idgoal: 2, name: 'Two' },
    ];
    site = await FilledSite.start({ ...shop, goals });
    const path = join(site.folder, 'funnels.json');
    const everything = { ...everyKind, probability: 0.2, priority: 9 };
    writeFileSync(path, JSON.stringify([...exampleFunnels(), everything]));
    funnels = `FUNNEL_CONFIG_PATH=${path}`;
    expect(await site.backfill([...settings, funnels])).toBe(0);
  }, 60_000);
  afterAll(() => site.close());

  it('is equal to Matomo’s reports on every day in every metric', async () => {
    const { exitCode, report } = await site.reconcile({}, [funnels]);
    expect(report.differences).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.days).toMatchObject({ compared: days, equal: days });
    const { visits, returning_visits, new_visits } = report.totals;
    const share = (returning_visits?.recorded ?? 0) / (visits?.recorded ?? 1);
    expect(share).toBeGreaterThan(0.42);
    expect(share).toBeLessThan(0.55);
    expect((new_visits?.recorded ?? 0) + (returning_visits?.recorded ?? 0)).toBe(visits?.recorded);
  });

  it('is of visitors with one device and one user id, for whom no two visits are one', () => {
    const visits = site.matomo.store.visits(1);
    const people = Map.groupBy(visits, ({ visitor_id }) => visitor_id);
    expect(people.size).toBeLessThan(0.65 * visits.length);
    for (const its of people.values()) {
      expect(new Set(its.map(({ user_id }) => user_id)).size).toBe(1);
      const sorted = its.toSorted((a, b) => a.first_action_ms - b.first_action_ms);
      for (const [at, visit] of sorted.entries()) {
        const before = sorted[at - 1];
        if (before === undefined) continue;
        expect(visit.first_action_ms - before.last_action_ms).toBeGreaterThanOrEqual(1_800_000);
      }
    }
    const users = [...people.values()].filter(([first]) => first?.user_id !== null).length;
    expect(users / people.size).toBeGreaterThan(0.35);
    expect(users / people.size).toBeLessThan(0.45);
  });

  it('of whom one visit is lost differs on that day alone, and the visit is found', async () => {
    const visits = site.matomo.store.visits(1);
    const lost = visits.find(
      ({ visitor_id, user_id, returning }) =>
        returning && user_id !== null && visits.some((other) => other.visitor_id === visitor_id),
    );
    site.matomo.store.removeVisit(lost as (typeof visits)[number]);
    const { report } = await site.reconcile({}, [funnels]);
    expect(report.days).toMatchObject({ compared: days, different: 1 });
    const [day] = report.differences;
    const causes = day?.causes.map(({ code }) => code);
    expect(causes).toContain('visits_missing');
    const missing = day?.causes.flatMap(({ missing_visits }) => missing_visits ?? []);
    expect(missing?.map(({ visitor_id }) => visitor_id)).toEqual([lost?.visitor_id]);
  });
});
