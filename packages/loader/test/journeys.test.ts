import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '@trafficinator/contract';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { compilePlan } from '../src/plan/plan.ts';
import { queryOf } from '../src/send/query.ts';
import { exampleFile } from '../src/testing/funnel-material.ts';
import { everything, materialWithPlugins } from '../src/testing/journey-material.ts';
import { FilledSite, shop } from './filled-site.ts';
import { quick, summaryOf, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

const goals = [
  { idgoal: 1, name: 'One', revenue: 10 },
  { idgoal: 2, name: 'Two', allow_multiple: 1 as const },
];
const custom_dimensions = [
  { idcustomdimension: 1, scope: 'visit' as const, name: 'Member' },
  { idcustomdimension: 2, scope: 'action' as const, name: 'List' },
];

/** A directory of plugins, made of modules by their names. */
function pluginsOf(name: string, modules: Readonly<Record<string, string>>): string {
  const directory = yard.path(name);
  mkdirSync(directory, { recursive: true });
  for (const [file, text] of Object.entries(modules)) writeFileSync(join(directory, file), text);
  return directory;
}

const sometimes = `export default { api: 1, name: 'sometimes', journeys: [{ name: 'half', weight: 50,
  visit(v) { v.view('/half'); if (v.random.chance(0.5)) throw new Error('not today'); v.goal(1); } }] };`;
const all = `export default { api: 1, name: 'all', journeys: [{ name: 'all', weight: 50, visit: ${everything} }] };`;

describe('0 of 100,000 planned hits', () => {
  it('are dropped or refused by Matomo, with journeys and plugins of all kinds', async () => {
    const standIn = yard.keep(
      await startFakeMatomo({ sites: { '1': { ...shop, goals, custom_dimensions } } }),
    );
    const settings: Settings = {
      ...defaultSettings,
      journey_share: 0.9,
      direct_traffic_probability: 0.2,
      channels: { search: 1, campaign: 1, ai: 1, social: 1 },
    };
    const material = materialWithPlugins([
      { name: 'all', journeys: [{ name: 'all', weight: 8, visit: everything }] },
      { name: 'last', hits: ({ hits }) => hits.map((hit) => ({ ...hit })) },
    ]);
    const plan = compilePlan(settings, material, 77);
    const options = { site_id: 1, with_location: true, order_prefix: 'J-' };
    // By day: a ping after midnight belongs to no visit.
    const morning_ms = Date.UTC(2026, 5, 10, 6);
    let sent = 0;
    for (let index = 0; sent < 100_000; ) {
      const requests: string[] = [];
      for (; requests.length < 2_000; index++) {
        const visit = plan(index);
        if (visit.faults !== undefined) expect.fail(visit.faults[0]?.message);
        for (const hit of visit.hits) {
          const at_ms = morning_ms + (index % 4_000) * 7_000 + hit.offset_ms;
          requests.push(`?${queryOf(visit, hit, { at_ms, send_cdt: true }, options)}`);
        }
      }
      const body = JSON.stringify({ requests, token_auth: standIn.token });
      const answer = await fetch(standIn.tracker_url, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ tracked: requests.length, invalid: 0 });
      sent += requests.length;
    }
    const { hits_seen, hits_recorded, excluded, refused } = standIn.stats();
    expect({ hits_recorded, excluded, refused }).toEqual({
      hits_recorded: hits_seen,
      excluded: {},
      refused: {},
    });
    expect(hits_seen).toBe(sent);
    const visits = standIn.store.visits(1);
    expect(visits.some(({ dimensions }) => dimensions.get(1) === 'gold & more')).toBe(true);
    const products = visits.flatMap(({ actions }) =>
      actions.flatMap(({ product }) => product ?? []),
    );
    expect(products.length).toBeGreaterThan(1_000);
    const [product] = material.products;
    expect(products).toContainEqual({
      sku: product?.sku,
      name: product?.name,
      category: product?.category,
      price: (product?.price_minor ?? 0) / 100,
    });
  });
});

describe('a run with journeys and plugins', () => {
  it('counts visits by journey, and those that a plugin failed; none is lost or doubled', async () => {
    const standIn = yard.keep(await startFakeMatomo());
    const ended = await yard.run({
      ...quick,
      MATOMO_URL: standIn.url,
      MATOMO_TOKEN_AUTH: standIn.token,
      JOURNEY_SHARE: 0.8,
      JOURNEYS_FILE: exampleFile('journeys.json'),
      PLUGINS_DIR: pluginsOf('sometimes', { 'sometimes.mjs': sometimes }),
      MAX_VISITS: 150,
      SEED: 3,
      STATE_DIR: yard.path('run'),
      LOG_LEVEL: 'WARNING',
    });
    expect(ended.code, ended.err).toBe(0);
    const { visits, journeys, plugins } = summaryOf(ended);
    expect(visits).toEqual({ planned: 150, delivered: 150, partial: 0, dropped: 0 });
    expect(standIn.store.visits(1)).toHaveLength(150);
    expect(journeys.map(({ name }) => name)).toEqual([
      'buyer',
      'casual',
      'half',
      'newsletter reader',
      'researcher',
    ]);
    for (const { starts, planned } of journeys) expect(starts).toBe(planned);
    const followed = journeys.reduce((sum, { planned }) => sum + planned, 0);
    const [failed] = plugins;
    expect(failed).toMatchObject({
      name: 'sometimes',
      first_error: 'journey “half”: Error: not today',
    });
    expect(failed?.errors).toBeGreaterThan(5);
    expect(followed + (failed?.errors ?? 0)).toBeLessThan(150);
    const lines = ended.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const codes = lines.map(({ code }) => code);
    expect(codes.filter((code) => code === 'plugin_faulty').length).toBeGreaterThan(1);
    expect(ended.err).not.toMatch(/ at .*:\d+:\d+/);
  });

  it.each([
    ['no such directory', {}, /cannot be read \(ENOENT\)/],
    ['an older version', { 'a.mjs': 'export default { api: 0 }' }, /version 0 of the interface/],
    ['no plugin', { 'a.mjs': 'export default { api: 1, name: "a" }' }, /a\.mjs has neither/],
  ])('is refused with %s before anything is sent', async (name, modules, message) => {
    const standIn = yard.keep(await startFakeMatomo());
    const directory = Object.keys(modules).length === 0 ? '/nowhere' : pluginsOf(name, modules);
    const ended = await yard.run({ ...quick, MATOMO_URL: standIn.url, PLUGINS_DIR: directory });
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(message);
    expect(standIn.stats().hits_seen).toBe(0);
  });

  it('shows in a plan which journey a visit follows, and what went wrong', async () => {
    const settings = {
      JOURNEY_SHARE: 1,
      JOURNEYS: 'half:1',
      PLUGINS_DIR: pluginsOf('shown', { 'sometimes.mjs': sometimes }),
    };
    const table = await yard.run(settings, ['plan', '--visits', '20']);
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/^visit \d+ .* journey “half”$/m);
    expect(table.out).toMatch(/^ {2}without plugin sometimes: journey “half”: Error: not today$/m);
    expect(table.err).toMatch(/^warning: The plugin .* failed in \d+ of 20 visits/);
    const { out } = await yard.run(settings, ['plan', '--visits', '20', '--format', 'jsonl']);
    const visits = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [followed, failed] = [
      visits.filter(({ journey }) => journey === 'half'),
      visits.filter(({ plugin_errors }) => plugin_errors?.[0]?.plugin === 'sometimes'),
    ];
    expect(followed.length + failed.length).toBe(20);
    expect(failed.length).toBeGreaterThan(3);
  });
});

describe('a backfill with journeys and plugins', () => {
  const window = ['BACKFILL_START_DATE=2025-03-29', 'BACKFILL_END_DATE=2025-03-30'];
  const more = [
    'TARGET_VISITS_PER_DAY=120',
    'BACKFILL_SEED=3',
    'BULK_SIZE=60',
    'JOURNEY_SHARE=0.8',
    'RETURNING_VISITOR_SHARE=0.3',
    'USER_ID_SHARE=0.3',
    'NEGATIVE_TRAFFIC=bots:0.05,spam_referrers:0.05',
    'CHANNELS=search:3,campaign:2,social:1',
  ];

  it('is what Matomo’s reports then say, and is told from one with other plugins', async () => {
    const site = await FilledSite.start({ ...shop, goals, custom_dimensions });
    try {
      const directory = pluginsOf('filled', { 'sometimes.mjs': sometimes, 'all.mjs': all });
      const own = [`PLUGINS_DIR=${directory}`, `JOURNEYS_FILE=${exampleFile('journeys.json')}`];
      expect(await site.backfill([...window, ...more, ...own])).toBe(0);
      const { exitCode, report } = await site.reconcile();
      expect(report.differences).toEqual([]);
      expect(exitCode).toBe(0);
      expect(report.days).toMatchObject({ compared: 2, equal: 2 });
      for (const name of ['orders', 'carts', 'content_interactions', 'goal_2_conversions']) {
        expect([name, report.totals[name]?.planned ?? 0]).not.toEqual([name, 0]);
      }
      expect(site.matomo.stats().refused).toEqual({});

      writeFileSync(join(directory, 'all.mjs'), `${all}\n`);
      await expect(site.reconcile()).rejects.toThrow(/journeys or plugins are not those/);
      site.matomo.faults.set({ rollback: { share: 1 } });
      const later = ['BACKFILL_START_DATE=2025-04-02', 'BACKFILL_END_DATE=2025-04-03'];
      const impatient = 'BACKFILL_PATIENCE_SECONDS=1';
      expect(await site.backfill([...later, ...more, ...own, impatient])).toBe(3);
      writeFileSync(join(directory, 'all.mjs'), all);
      await expect(site.backfill([...later, ...more, ...own])).rejects.toThrow(
        /begun with other settings \(the files of JOURNEYS_FILE and PLUGINS_DIR\)/,
      );
    } finally {
      await site.close();
    }
  });

  it('is refused with a plugin whose visits cannot be planned again', async () => {
    const site = await FilledSite.start();
    try {
      const chancy = sometimes.replace("'/half'", "'/' + Math.random()");
      const own = `PLUGINS_DIR=${pluginsOf('chancy', { 'chancy.mjs': chancy })}`;
      await expect(site.backfill([...window, ...more, own])).rejects.toThrow(
        /planned other visits when it was asked a second time/,
      );
      expect(site.matomo.stats().hits_seen).toBe(0);
    } finally {
      await site.close();
    }
  });
});
