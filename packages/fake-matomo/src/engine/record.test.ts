import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hitWithToken } from '../../test/client.ts';
import { report } from '../../test/observe.ts';
import { defaultSites, type FakeMatomo, startFakeMatomo } from '../index.ts';

/** What a visit keeps beyond the figures of the recorded histories. */
let fake: FakeMatomo;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  const shop = defaultSites()['1']!;
  const custom_dimensions = [
    { idcustomdimension: 1, scope: 'visit' as const, name: 'Member type' },
    { idcustomdimension: 2, scope: 'action' as const, name: 'Page kind' },
  ];
  fake = await startFakeMatomo({
    sites: { '1': { ...shop, custom_dimensions } },
    now: () => NOW_MS,
  });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

async function send(...hits: Record<string, string | number>[]): Promise<void> {
  for (const hit of hits) expect((await hitWithToken(fake, hit)).status).toBe(200);
}

const visit = () => fake.store.visits(1)[0]!;

it('keeps custom dimensions in their scope and forgets those it does not know', async () => {
  await send({ dimension1: 'gold', dimension2: 'home', dimension9: 'x' }, { dimension1: 'silver' });
  const [log] = (await report(fake, 'Live.getLastVisitsDetails', { idSite: '1' })) as {
    dimension1: string;
    actionDetails: object[];
  }[];
  expect(log?.dimension1).toBe('silver');
  expect(log?.actionDetails[0]).toMatchObject({ dimension2: 'home' });
  expect(log?.actionDetails[0]).not.toHaveProperty('dimension1');
  expect(JSON.stringify(log)).not.toContain('dimension9');
});

it('adds timings that come later to their page view, found by pv_id', async () => {
  await send({ pv_id: 'aaaaaa', pf_net: 5 }, { pv_id: 'bbbbbb' });
  await send({ pv_id: 'aaaaaa', pf_onl: 9, e_c: 'c', e_a: 'a' });
  expect(visit().actions.map((action) => action.performance)).toEqual([
    { pf_net: 5, pf_onl: 9 },
    {},
    {},
  ]);
});

it('takes the last place of a visit, unchecked', async () => {
  await send({ country: 'NO', city: 'Oslo' }, { country: 'Norway' }, { lang: 'sv' });
  expect(visit().location).toMatchObject({ country: 'Nor', city: 'Oslo' });
});

it.each([
  ['sv-SE,sv;q=0.9', 'se'],
  ['sv', 'se'],
  ['en-US,en', 'us'],
  ['', 'xx'],
])('guesses from the language %s the country %s', async (lang, country) => {
  const url = new URL(fake.tracker_url);
  const values = { idsite: '1', rec: '1', ua: 'Firefox/140.0 (X11)', lang };
  url.search = new URLSearchParams(values).toString();
  await (await request(url)).body.dump();
  expect(visit().location.country).toBe(country);
});

it('keeps the referrer of a visit that was not direct', async () => {
  await send({ urlref: 'https://www.bing.com/' }, { urlref: 'https://t.co/x' });
  expect(visit().referrer.name).toBe('Bing');
});

it('lets an order take the place of the cart, and opens a new cart after it', async () => {
  await send({ idgoal: 0, revenue: '10' }, { idgoal: 0, ec_id: 'A1', revenue: '12' });
  expect(visit().conversions.map(({ kind }) => kind)).toEqual(['order']);
  await send({ idgoal: 0, revenue: '5' });
  expect(visit().conversions.map(({ kind }) => kind)).toEqual(['order', 'cart']);
});

it('counts a goal once in a visit, again in the next', async () => {
  await send({ idgoal: 1 }, { idgoal: 1 }, { idgoal: 1, new_visit: 1 });
  const goals = fake.store
    .visits(1)
    .map(({ conversions }) => conversions.map((one) => one.revenue));
  expect(goals).toEqual([[10], [10]]);
});

it('keeps money as a 32-bit float', async () => {
  await send({ idgoal: 0, ec_id: 'A1', revenue: '1234567.89' });
  const asked = { idSite: '1', period: 'day', date: '2026-11-20', idGoal: 'ecommerceOrder' };
  expect(await report(fake, 'Goals.get', asked)).toMatchObject({ revenue: 1234567.88 });
});

it('stores pages without fragment, campaign and click parameters', async () => {
  const url = 'https://shop.example.test/p?utm_source=x&color=red&gclid=1#top';
  await send({ url });
  expect(visit().actions[0]?.url).toBe('https://shop.example.test/p?color=red');
});
