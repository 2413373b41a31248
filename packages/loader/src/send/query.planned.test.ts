import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { compilePlan } from '../plan/plan.ts';
import type { Hit, Link, Order, ProductView, Search, Visit } from '../plan/visit.ts';
import { everyKind, funnelsOf } from '../testing/funnel-material.ts';
import { everything, materialWithPlugins } from '../testing/journey-material.ts';
import { type QueryOptions, queryOf } from './query.ts';

/** What Matomo's tracker reads, by what sends it. */
const ofEveryHit = 'idsite rec send_image cid ua lang res cookie url pv_id h m s cdt cip country';
const optional = 'uadata urlref dimension1 dimension2 pdf fla java qt realp wma ag'.split(' ');
const ofKind: Record<Hit['kind'], string> = {
  pageview: 'action_name pf_net pf_srv pf_tfr pf_dm1 pf_dm2 pf_onl',
  search: 'search search_count',
  outlink: 'link',
  download: 'download',
  event: 'e_c e_a e_n',
  content: 'c_n c_p c_t',
  interaction: 'c_n c_p c_i',
  goal: 'idgoal',
  cart: 'idgoal revenue ec_items',
  order: 'idgoal ec_id revenue ec_st ec_tx ec_sh ec_dt ec_items',
  ping: 'ping',
};
const sometimes: Partial<Record<Hit['kind'], string[]>> = {
  pageview: ['_pks', '_pkn', '_pkc', '_pkp'],
  search: ['search_cat'],
  event: ['e_v'],
  goal: ['revenue'],
};

const settings: Settings = {
  ...defaultSettings,
  sitesearch_probability: 0.5,
  outlinks_probability: 0.5,
  downloads_probability: 0.5,
  click_events_probability: 0.5,
  random_events_probability: 0.5,
  ecommerce_probability: 0.5,
  journey_share: 0.5,
  journeys: 'own:1',
};
const material = {
  ...materialWithPlugins([{ name: 'p', journeys: [{ name: 'own', visit: everything }] }]),
  funnels: funnelsOf([{ ...everyKind, probability: 0.6 }]),
};
const plan = compilePlan(settings, material, 61);
const options: QueryOptions = { site_id: 1, with_location: true, order_prefix: 'ABC-' };
const start_ms = Date.UTC(2026, 9, 25);

interface Said {
  readonly visit: Visit;
  readonly hit: Hit;
  readonly query: string;
  readonly parameters: Record<string, string>;
}

const all: Said[] = Array.from({ length: 3_000 }, (_, index) => plan(index)).flatMap((visit) =>
  visit.hits.map((hit) => {
    const moment = { at_ms: start_ms + visit.index * 60_000 + hit.offset_ms, send_cdt: true };
    const query = queryOf(visit, hit, moment, options);
    return { visit, hit, query, parameters: Object.fromEntries(new URLSearchParams(query)) };
  }),
);
const ofHits = (kind: Hit['kind']) => all.filter(({ hit }) => hit.kind === kind);

describe('the queries of planned visits', () => {
  it.each(Object.keys(ofKind) as Hit['kind'][])('of kind %s say what Matomo reads', (kind) => {
    const wanted = [...ofEveryHit.split(' '), ...ofKind[kind].split(' ')];
    const allowed = new Set([...wanted, ...optional, ...(sometimes[kind] ?? [])]);
    const said = ofHits(kind);
    expect(said.length).toBeGreaterThan(1_000);
    for (const { parameters } of said) {
      const missing = wanted.filter((name) => !(name in parameters));
      const strange = Object.keys(parameters).filter((name) => !allowed.has(name));
      if (missing.length + strange.length > 0)
        expect.fail(`${missing} missing, ${strange} strange`);
    }
  });

  it('are plain ASCII without blanks, each parameter once and never empty', () => {
    for (const { query } of all) {
      if (!/^[\x21-\x7e]+$/.test(query)) expect.fail(query);
      const names = query.split('&').map((part) => part.slice(0, part.indexOf('=')));
      if (new Set(names).size !== names.length) expect.fail(`twice: ${names}`);
      if (/=(&|$)/.test(query)) expect.fail(`empty: ${query}`);
    }
  });

  it('never hold a token, nor the text of something that is not there', () => {
    const nothing = /\b(undefined|null|NaN|Infinity)\b|\[object/;
    for (const { query, parameters } of all) {
      if ('token_auth' in parameters || query.includes('token_auth')) expect.fail(query);
      const text = Object.values(parameters).find((value) => nothing.test(value));
      if (text !== undefined) expect.fail(text);
    }
  });

  it('say who visits, the same in all hits of a visit', () => {
    for (const { visit, parameters } of all) {
      const { visitor } = visit;
      if (parameters.cid !== visitor.id) expect.fail(`visit ${visit.index}`);
      if (parameters.ua !== visitor.device.user_agent.raw) expect.fail(`visit ${visit.index}`);
      if (parameters.uadata !== visitor.device.client_hints?.raw) expect.fail(`${visit.index}`);
      if (parameters.lang !== visitor.language.raw) expect.fail(`visit ${visit.index}`);
      if (!/^\d{3,4}x\d{3,4}$/.test(parameters.res ?? '')) expect.fail(`${parameters.res}`);
      if (!/^[a-z]{2}$/.test(parameters.country ?? '')) expect.fail(`${parameters.country}`);
    }
  });

  it('say what happens: addresses, titles, searches', () => {
    for (const { hit, parameters } of all) {
      const link = hit.kind === 'outlink' || hit.kind === 'download';
      const url = link ? (hit.detail as Link).url.raw : hit.page.url.raw;
      if (parameters.url !== url) expect.fail(`${hit.kind}: ${parameters.url}`);
      if (parameters.urlref !== hit.referrer?.raw) expect.fail(`${hit.kind}: ${parameters.urlref}`);
      if (link && parameters.link !== url && parameters.download !== url) expect.fail(url);
    }
    for (const { hit, parameters } of ofHits('search')) {
      const { term, results } = hit.detail as Search;
      expect(parameters.search).toBe(term.keyword.raw);
      expect(parameters.search_cat).toBe(term.category?.raw);
      expect(parameters.search_count).toBe(String(results));
    }
  });

  it('show products and say custom dimensions', () => {
    const shown = ofHits('pageview').flatMap(({ hit, parameters }) => {
      const { product } = hit.detail as Partial<ProductView>;
      expect('_pks' in parameters).toBe(product !== undefined);
      return product === undefined ? [] : [{ product, parameters }];
    });
    expect(shown.length).toBeGreaterThan(500);
    for (const { product, parameters } of shown) {
      const { _pks, _pkn, _pkc, _pkp } = parameters;
      expect([_pks, _pkn, _pkc]).toEqual([product.sku, product.name, product.category]);
      expect(Math.round(Number(_pkp) * 100)).toBe(product.price_minor);
    }
    const said = new Set(
      all.flatMap(({ parameters: { dimension1, dimension2 } }) => [dimension1, dimension2]),
    );
    expect(said).toEqual(new Set(['gold & more', 'list', undefined]));
  });

  it('say when, for the visitor and for Matomo', () => {
    for (const { visit, hit, parameters } of all) {
      const at_ms = start_ms + visit.index * 60_000 + hit.offset_ms;
      const cdt = new Date(at_ms).toISOString().slice(0, 19).replace('T', ' ');
      if (parameters.cdt !== cdt) expect.fail(`${parameters.cdt} is not ${cdt}`);
    }
    for (const { visit, hit, parameters } of all.filter((_, n) => n % 10 === 0)) {
      const clock = new Intl.DateTimeFormat('en-GB', {
        timeZone: visit.visitor.zone,
        timeStyle: 'medium',
      }).format(start_ms + visit.index * 60_000 + hit.offset_ms);
      const [h, m, s] = clock.split(':').map(Number);
      const { h: hour, m: minute, s: second } = parameters;
      expect([hour, minute, second].map(Number), visit.visitor.zone).toEqual([h, m, s]);
    }
  });

  it('have orders whose items come to their subtotal', () => {
    const minor = (amount: string | number | undefined) => Math.round(Number(amount) * 100);
    for (const { hit, parameters } of ofHits('order')) {
      const items = JSON.parse(parameters.ec_items ?? '') as [
        string,
        string,
        string,
        number,
        number,
      ][];
      const goods = items.reduce(
        (sum, [, , , price, quantity]) => sum + minor(price) * quantity,
        0,
      );
      const { revenue, ec_st, ec_tx, ec_sh, ec_dt } = parameters;
      expect(minor(ec_st)).toBe(goods);
      expect(minor(revenue)).toBe(goods + minor(ec_tx) + minor(ec_sh) - minor(ec_dt));
      expect(items.map(([sku]) => sku)).toEqual(
        (hit.detail as Order).lines.map((line) => line.product.sku),
      );
      expect(parameters.ec_id).toMatch(/^ABC-[0-9A-Z]{6}(-\d)?$/);
    }
  });
});
