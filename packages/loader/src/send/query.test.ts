import { describe, expect, it } from 'vitest';
import { citiesOf } from '../plan/material/cities.ts';
import { encoded } from '../plan/material/material.ts';
import type { Hit, Visit } from '../plan/visit.ts';
import { decimal, momentPart, type QueryOptions, queryOf } from './query.ts';

const text = 'Räksmörgås & co = 100 % "fun" + more, 日本';
const url = 'https://shop.example/a?b=c&d=%20#e';
const page = { url: encoded(url), title: encoded(text) };
const from = encoded('https://www.google.com/');
const product = { sku: 'A"1', name: `${text} \\ '`, category: 'Home & Garden' };

const visit: Visit = {
  index: 7,
  visitor: {
    id: '00ff00ff00ff00ff',
    user_id: 'user-00c0ffee00c0ffee',
    came_before: false,
    comes_again: false,
    device: {
      weight: 1,
      kind: 'desktop',
      user_agent: encoded('Mozilla/5.0 (X11; Linux x86_64) Test/1.0'),
      client_hints: encoded('{"platform":"Linux","mobile":false}'),
      resolutions: ['1920x1080'],
      plugins: '&pdf=1&cookie=1',
    },
    resolution: '1920x1080',
    place: {
      country: 'in',
      weight: 1,
      languages: [],
      zones: [],
      networks: [],
      networks6: [],
      cities: [],
    },
    language: encoded('en-IN,en;q=0.9'),
    zone: 'Asia/Kolkata',
    city: null,
    address: '49.32.1.2',
  },
  hits: [],
  duration_ms: 0,
  channel: 'direct',
  campaign: null,
};
const options: QueryOptions = { site_id: 3, with_location: true, order_prefix: 'RUN1-' };
const moment = { at_ms: Date.UTC(2026, 2, 29, 18, 29, 59, 999), send_cdt: true };

/** What every hit of the visit says. */
const common = {
  idsite: '3',
  rec: '1',
  send_image: '0',
  cid: '00ff00ff00ff00ff',
  uid: 'user-00c0ffee00c0ffee',
  ua: 'Mozilla/5.0 (X11; Linux x86_64) Test/1.0',
  uadata: '{"platform":"Linux","mobile":false}',
  lang: 'en-IN,en;q=0.9',
  res: '1920x1080',
  pdf: '1',
  cookie: '1',
  cip: '49.32.1.2',
  country: 'in',
  url,
  urlref: 'https://www.google.com/',
  pv_id: 'aB3dE6',
  h: '23',
  m: '59',
  s: '59',
  cdt: '2026-03-29 18:29:59',
};

const hit = (kind: Hit['kind'], detail: Hit['detail'], referrer: Hit['referrer'] = from): Hit => ({
  kind,
  offset_ms: 0,
  pause_ms: 0,
  page,
  referrer,
  pageview_id: 'aB3dE6',
  detail,
});

/** Decodes a query; a parameter that comes twice fails. */
function decoded(query: string): Record<string, string> {
  const pairs = [...new URLSearchParams(query)];
  expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
  return Object.fromEntries(pairs);
}
const said = (h: Hit, o = options, m = moment) => decoded(queryOf(visit, h, m, o));

const load = {
  network_ms: 1,
  server_ms: 2,
  transfer_ms: 3,
  dom_processing_ms: 4,
  dom_completion_ms: 5,
  on_load_ms: 6,
};
const times = { pf_net: '1', pf_srv: '2', pf_tfr: '3', pf_dm1: '4', pf_dm2: '5', pf_onl: '6' };
const link = { url: encoded('https://other.example/?q=a b') };
const term = { keyword: encoded(text), category: encoded('Products') };
const event = { category: encoded('Video'), action: encoded('Play'), name: encoded(text) };

describe('a query decodes to exactly what its hit says', () => {
  it.each([
    ['a page view', hit('pageview', load), { action_name: text, ...times }],
    ['a ping', hit('ping', null), { ping: '1' }],
    [
      'a search',
      hit('search', { term, results: 12 }),
      { search: text, search_cat: 'Products', search_count: '12' },
    ],
    [
      'a search in no category that finds nothing',
      hit('search', { term: { ...term, category: null }, results: 0 }),
      { search: text, search_count: '0' },
    ],
    ['an outlink', hit('outlink', link), { url: link.url.raw, link: link.url.raw }],
    ['a download', hit('download', link), { url: link.url.raw, download: link.url.raw }],
    [
      'an event with a value',
      hit('event', { ...event, value: 0.5 }),
      { e_c: 'Video', e_a: 'Play', e_n: text, e_v: '0.5' },
    ],
    [
      'an event with neither name nor value',
      hit('event', { ...event, name: null, value: null }),
      { e_c: 'Video', e_a: 'Play' },
    ],
  ])('%s', (_, given, own) => {
    expect(said(given)).toEqual({ ...common, ...own });
  });

  it('an order, its lines as JSON', () => {
    const order = {
      number: '00000A',
      lines: [
        { product: { ...product, price_minor: 1 }, price_minor: 1_205, quantity: 2 },
        { product: { ...product, sku: 'B', price_minor: 1 }, price_minor: 5, quantity: 1 },
      ],
      subtotal_minor: 2_415,
      tax_minor: 242,
      shipping_minor: 599,
      discount_minor: 100,
      revenue_minor: 3_156,
    };
    const { ec_items: items, ...rest } = said(hit('order', order));
    const money = { revenue: '31.56', ec_st: '24.15', ec_tx: '2.42', ec_sh: '5.99', ec_dt: '1.00' };
    expect(rest).toEqual({ ...common, idgoal: '0', ec_id: 'RUN1-00000A', ...money });
    expect(JSON.parse(items ?? '')).toEqual([
      ['A"1', product.name, 'Home & Garden', 12.05, 2],
      ['B', product.name, 'Home & Garden', 0.05, 1],
    ]);
  });
});

describe('what a query leaves out', () => {
  it('the referrer of a direct entry', () => {
    const { urlref: _, ...others } = common;
    expect(said(hit('ping', null, null))).toEqual({ ...others, ping: '1' });
  });

  it('address and country, which Matomo refuses without a token', () => {
    const { cip: _, country: __, ...others } = common;
    expect(said(hit('ping', null), { ...options, with_location: false })).toEqual({
      ...others,
      ping: '1',
    });
  });

  it('the city with the country', () => {
    const [city] = citiesOf('se', ['Europe/Stockholm']);
    const living = { ...visit, visitor: { ...visit.visitor, city: city ?? null } };
    const told = (with_location: boolean) =>
      Object.fromEntries(
        new URLSearchParams(
          queryOf(living, hit('ping', null), moment, { ...options, with_location }),
        ),
      );
    const where = { region: 'AB', city: 'Stockholm', lat: '59.329', long: '18.069' };
    expect(told(true)).toMatchObject(where);
    expect(Object.keys(told(false)).filter((name) => name in where)).toEqual([]);
  });

  it('its time, when Matomo shall take its own', () => {
    const { cdt: _, ...others } = common;
    const untold = said(hit('ping', null), options, { ...moment, send_cdt: false });
    expect(untold).toEqual({ ...others, ping: '1' });
  });

  it('client hints that the browser does not send', () => {
    const device = { ...visit.visitor.device, client_hints: null };
    const quiet = { ...visit, visitor: { ...visit.visitor, device } };
    const { uadata: _, ...others } = common;
    const found = decoded(queryOf(quiet, hit('ping', null), moment, options));
    expect(found).toEqual({ ...others, ping: '1' });
  });
});

describe('time', () => {
  const at = (iso: string, zone: string) =>
    decoded(momentPart({ at_ms: Date.parse(iso), send_cdt: true }, zone));

  it.each([
    // The hour that Stockholm skips in spring and has twice in autumn.
    ['2026-03-29T00:59:59.999Z', 'Europe/Stockholm', '1:59:59'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Stockholm', '3:0:0'],
    ['2026-10-25T00:30:00.000Z', 'Europe/Stockholm', '2:30:0'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Stockholm', '2:30:0'],
    ['2026-06-10T18:30:00.000Z', 'Asia/Kolkata', '0:0:0'],
    ['2026-06-10T00:14:05.000Z', 'Asia/Kathmandu', '5:59:5'],
    ['2026-06-10T02:29:00.000Z', 'America/St_Johns', '23:59:0'],
    ['2026-12-31T12:00:00.000Z', 'Pacific/Kiritimati', '2:0:0'],
  ])('%s is in %s %s', (iso, zone, wanted) => {
    const { h, m, s, cdt } = at(iso, zone);
    expect(`${h}:${m}:${s}`).toBe(wanted);
    expect(cdt).toBe(iso.slice(0, 19).replace('T', ' '));
  });
});

describe('decimal', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [99, '0.99'],
    [100, '1.00'],
    [1_205, '12.05'],
    [123_456_789_01, '123456789.01'],
  ])('%i minor units are %s', (minor, wanted) => expect(decimal(minor)).toBe(wanted));

  it('comes back as the same number of minor units', () => {
    for (let minor = 0; minor < 200_000; minor += 7) {
      if (Math.round(Number(decimal(minor)) * 100) !== minor) expect.fail(`${minor}`);
      if (!/^\d+\.\d\d$/.test(decimal(minor))) expect.fail(decimal(minor));
    }
  });
});
