import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { request } from 'undici';
import { Ledger } from './account/ledger/ledger.ts';
import { countNames } from './account/ledger/metrics.ts';
import { recordedBy } from './cli/recorded.ts';
import { hitOfParameters, type Parameters } from './testing/hit-of-parameters.ts';

const [runs = '200', start = '1', what = 'all'] = process.argv.slice(2);
const site = {
  name: 's',
  main_url: 'http://shop.example.se',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  ecommerce: 1,
  sitesearch: 1,
  goals: [
    {
      idgoal: 1,
      name: 'T',
      match_attribute: 'url',
      pattern: '/thanks',
      pattern_type: 'contains',
      case_sensitive: 0,
      allow_multiple: 0,
      revenue: 0,
    },
    { idgoal: 2, name: 'N', match_attribute: 'manually', allow_multiple: 0, revenue: 10 },
    { idgoal: 3, name: 'M', match_attribute: 'manually', allow_multiple: 1, revenue: 3 },
  ],
} as const;
const fake = await startFakeMatomo({
  sites: { '1': site } as never,
  now: () => Date.parse('2027-01-01T00:00:00Z'),
});
function rng(seed: number) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pages = ['/', '/a', '/b', '/thanks', '/find?q=boots', '/a?utm_campaign=spring&utm_term=X', '/?mtm_campaign=fall&mtm_kwd=y', '/a#top', '/a?x=1&fbclid=zz'];
const refs = [
  null,
  null,
  null,
  'http://shop.example.se/x',
  'https://www.google.de/',
  'https://www.bing.com/search?q=Y',
  'https://t.co/z',
  'https://www.facebook.com/',
  'https://l.facebook.com/',
  'https://blog.example.org/p',
];
let bad = 0;
for (let seed = Number(start); seed < Number(start) + Number(runs); seed++) {
  fake.reset();
  const r = rng(seed);
  const pick = <T>(a: readonly T[]): T => a[Math.floor(r() * a.length)] as T;
  const hits: Parameters[] = [];
  const base =
    Date.parse(pick(['2026-06-10T21:40:00Z', '2026-06-10T10:00:00Z', '2026-10-24T21:50:00Z'])) /
    1000;
  const n = 1 + Math.floor(r() * 3);
  for (let v = 0; v < n; v++) {
    let t = base + Math.floor(r() * 600);
    const uidAt = what === 'nouid' ? 99 : pick([99, 99, 0, 2]);
    const len = 1 + Math.floor(r() * 9);
    for (let i = 0; i < len; i++) {
      const p = pick(pages);
      const h: Record<string, string | number> = {
        idsite: 1,
        rec: 1,
        cid: `${v}`.padStart(16, 'a'),
        cip: `192.0.2.${v + 10}`,
        cdt: new Date(t * 1000).toISOString().slice(0, 19).replace('T', ' '),
        url: p === 'www' ? 'https://www.shop.example.se/a' : `http://shop.example.se${p}`,
        ua: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36',
      };
      const ref = pick(refs);
      if (ref !== null) h.urlref = ref;
      if (i >= uidAt) h.uid = `u${v}`;
      if (r() < 0.04) h.new_visit = 1;
      const items = '[["s","n","c",5,2]]';
      const k = pick([
        'page',
        'page',
        'page',
        'page',
        'search',
        'outlink',
        'download',
        'event',
        'content',
        'interaction',
        'cart',
        'order',
        'dup',
        'goal2',
        'goal3',
        'ping',
        'ping',
      ]);
      if (k === 'search') Object.assign(h, { search: pick(['x','y']) });
      if (k === 'outlink') h.link = 'https://example.org/x';
      if (k === 'download') h.download = 'http://shop.example.se/f.pdf';
      if (k === 'event') Object.assign(h, { e_c: 'c', e_a: 'a' });
      if (k === 'content') Object.assign(h, { c_n: 'b', c_p: 'p' });
      if (k === 'interaction') Object.assign(h, { c_n: 'b', c_p: 'p', c_i: 'click' });
      if (k === 'cart') Object.assign(h, { idgoal: 0, revenue: '5.50', ec_items: items });
      if (k === 'order')
        Object.assign(h, {
          idgoal: 0,
          ec_id: `o${seed}-${v}-${i}`,
          revenue: '12.34',
          ec_st: '10',
          ec_tx: '2.34',
          ec_items: items,
        });
      if (k === 'dup')
        Object.assign(h, { idgoal: 0, ec_id: `d${seed}`, revenue: '1.10', ec_items: items });
      if (k === 'goal2') Object.assign(h, { idgoal: 2 });
      if (k === 'goal3') Object.assign(h, { idgoal: 3, revenue: '7' });
      if (k === 'ping') { h.ping = 1; delete h.urlref; }
      hits.push(h);
      t += pick([0, 1, 5, 30, 90, 600, 1200, 1799, 1800, 1801, 4000, 90000]);
    }
  }
  hits.sort((a, b) => (String(a.cdt) < String(b.cdt) ? -1 : String(a.cdt) > String(b.cdt) ? 1 : 0));
  const body = JSON.stringify({
    requests: hits.map(
      (h) => `?${new URLSearchParams(Object.entries(h).map(([k, x]) => [k, String(x)]))}`,
    ),
    token_auth: fake.token,
  });
  const answer = (await (
    await request(fake.tracker_url, { method: 'POST', body })
  ).body.json()) as { invalid_indices: number[] };
  const ledger = new Ledger({
    timezone: site.timezone,
    main_urls: [site.main_url],
    goals: site.goals.map((g) => ({
      id: g.idgoal,
      match: g.match_attribute,
      pattern: 'pattern' in g ? g.pattern : '',
      pattern_type: 'contains' as const,
      case_sensitive: false,
      allow_multiple: g.allow_multiple === 1,
      revenue_minor: g.revenue * 100,
    })),
  });
  hits.forEach((h, i) => {
    const hit = hitOfParameters(h);
    if (!hit) return;
    if (answer.invalid_indices.includes(i)) {
      if (hit.kind === 'order') ledger.refusedOrder(hit);
    } else ledger.accepted(hit);
  });
  const total = ledger.total();
  const rec = { ...(await recordedBy(fake.url, fake.token, 1, base * 1000)) };
  for (let d = 4; d < 14; d += 4) {
    const more = await recordedBy(fake.url, fake.token, 1, (base + d * 86400) * 1000);
    const mx = Math.max(rec.max_actions, more.max_actions);
    for (const c of countNames) rec[c] += more[c];
    rec.max_actions = mx;
  }
  const diff = countNames.filter((c) => total[c] !== rec[c]);
  if (diff.length > 0) {
    bad++;
    if (bad <= 6) {
      console.log(
        'seed',
        seed,
        diff.map((c) => `${c}: ledger ${total[c]} fake ${rec[c]}`).join('; '),
      );
      if (bad <= 3)
        hits.forEach((h, i) => {
          const { idsite, rec: _, ua, cip, ...o } = h;
          console.log('   ', i, JSON.stringify(o));
        });
    }
  }
}
console.log('bad', bad);
await fake.close();
