import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, getHit, hitWithToken, pageQuery } from '../../test/client.ts';
import { type FakeMatomo, startFakeMatomo } from '../index.ts';

let fake: FakeMatomo;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  fake = await startFakeMatomo({ now: () => NOW_MS });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const visits = () => fake.store.visits(1);

describe('answers', () => {
  it('answers a recorded hit with the 43-byte GIF and says it is a stand-in', async () => {
    const response = await getHit(fake);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-trafficinator-stand-in')).toBe('1');
    expect((await response.bytes()).length).toBe(43);
    expect(visits()).toHaveLength(1);
  });

  it('answers 204 without a body to send_image=0', async () => {
    const response = await getHit(fake, { send_image: 0 });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(visits()).toHaveLength(1);
  });

  it.each([
    ['an unknown site', { idsite: 999 }],
    ['site 0', { idsite: 0 }],
    ['a site that is no number', { idsite: 'abc' }],
    ['no site', { idsite: '' }],
    ['a cid of the wrong length', { cid: 'abc' }],
    ['a blank event action', { e_c: 'Video', e_a: ' ' }],
    ['an unknown goal', { idgoal: 77 }],
    ['a longitude that is no number, with a token', { long: 'abc', token_auth: 'TOKEN' }],
    ['a negative timing', { pf_srv: -5 }],
  ])('refuses %s with 400, the GIF and a text behind it', async (_, changes) => {
    const token = 'token_auth' in changes ? { token_auth: fake.token } : {};
    const response = await getHit(fake, { ...changes, ...token });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('image/gif');
    const body = Buffer.from(await response.bytes());
    expect(body.subarray(0, 3).toString()).toBe('GIF');
    expect(body.subarray(43).toString()).toContain('This resource is part of Matomo');
    expect(visits()).toHaveLength(0);
  });

  it('answers 200 HTML to no query, 400 HTML to a POST without hits', async () => {
    const empty = await fetch(fake.tracker_url);
    expect([empty.status, empty.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await empty.text()).toContain('This resource is part of Matomo');
    for (const body of ['', '{"hits":[]}']) {
      const response = await fetch(fake.tracker_url, { method: 'POST', body });
      expect(response.status).toBe(400);
    }
    const zipped = gzipSync(JSON.stringify({ requests: [`?${pageQuery()}`] }));
    const headers = { 'content-encoding': 'gzip' };
    const response = await fetch(fake.tracker_url, { method: 'POST', body: zipped, headers });
    expect(response.status).toBe(400);
  });

  it('takes a form, merged with the query, at any path ending in matomo.php or piwik.php', async () => {
    const body = pageQuery({ idsite: 999 });
    const url = `${fake.url}/deep/piwik.php?idsite=1`;
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
    expect(visits()).toHaveLength(1);
  });
});

describe('what needs a token', () => {
  it.each(['cip', 'country', 'region', 'city', 'lat', 'long'])('%s', async (name) => {
    const value = name === 'cip' ? '203.0.113.7' : '10';
    expect((await getHit(fake, { [name]: value })).status).toBe(400);
    expect((await getHit(fake, { [name]: value, token_auth: 'wrong' })).status).toBe(400);
    expect((await hitWithToken(fake, { [name]: value })).status).toBe(200);
    expect(visits()).toHaveLength(1);
  });

  it('a cdt a day back, but not one of three hours', async () => {
    expect((await getHit(fake, { cdt: '2026-11-19 11:59:00' })).status).toBe(400);
    expect((await getHit(fake, { cdt: '2026-11-20 09:00:00' })).status).toBe(200);
    expect(visits()[0]?.first_action_ms).toBe(Date.parse('2026-11-20T09:00:00Z'));
  });

  it('nothing else: a wrong token on a recent hit is ignored', async () => {
    expect((await getHit(fake, { token_auth: 'wrong' })).status).toBe(200);
    expect(visits()).toHaveLength(1);
  });
});

describe('silent exclusions', () => {
  it.each([
    ['bot_user_agent', { ua: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['bot_user_agent', { ua: 'k6/0.54.0 (https://k6.io/)' }],
    ['bot_user_agent', { ua: 'node' }],
    ['bot_ip_range', { cip: '74.125.103.236' }],
    ['spam_referrer', { urlref: 'https://semalt.com/crawl' }],
    ['rec_missing', { rec: '' }],
    ['ping_without_visit', { ping: 1 }],
  ])('%s: %o', async (reason, changes) => {
    expect((await hitWithToken(fake, changes)).status).toBe(200);
    expect(visits()).toHaveLength(0);
    expect(fake.stats()).toMatchObject({ hits_recorded: 0, excluded: { [reason]: 1 } });
  });

  it.each([
    { ua: 'python-requests/2.32' },
    { ua: 'curl/8.5' },
    { ua: 'Artillery (https://artillery.io)' },
    { ua: `${BROWSER} HeadlessChrome/129.0` },
    { ua: 'Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36' },
    { ua: 'k6/0.54.0 (https://k6.io/)', cip: '74.125.103.236', bots: 1 },
  ])('records %o', async (changes) => {
    expect((await hitWithToken(fake, changes)).status).toBe(200);
    expect(visits()).toHaveLength(1);
  });

  it("judges by the header when the hit has no ua: Node's own fetch is a bot", async () => {
    const url = `${fake.tracker_url}?${pageQuery({ ua: '' })}`;
    await fetch(url, { headers: { 'user-agent': 'node' } });
    expect(fake.stats().excluded).toEqual({ bot_user_agent: 1 });
    await fetch(url, { headers: { 'user-agent': BROWSER } });
    expect(visits()).toHaveLength(1);
  });
});

it('refuses an order id for good, but the visit is marked as converted', async () => {
  const order = { idgoal: 0, ec_id: 'R1', revenue: '10.00' };
  expect((await hitWithToken(fake, order)).status).toBe(200);
  const other = { ...order, cid: 'bbbbbbbbbbbbbbbb', revenue: '20.00' };
  expect((await hitWithToken(fake, other)).status).toBe(400);
  expect(visits().map((visit) => [visit.converted, visit.conversions.length])).toEqual([
    [true, 1],
    [true, 0],
  ]);
});
