import { defaultSettings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, planOfJourney } from '../../testing/journey-material.ts';
import type { Hit, Order, Visit } from '../visit.ts';
import type { JourneyVisit } from './interface.ts';

/** What must hold of every visit on a journey, whatever its journey says. */
function checkVisit(visit: Visit): void {
  const { hits } = visit;
  let open: Hit | null = null;
  let before_ms = 0;
  const views = new Set<string>();
  const orders = new Set<string>();
  for (const hit of hits) {
    expect(Number.isInteger(hit.offset_ms)).toBe(true);
    expect(hit.offset_ms).toBeGreaterThanOrEqual(before_ms);
    before_ms = hit.offset_ms;
    if (hit.kind === 'pageview') {
      expect(views.has(hit.pageview_id)).toBe(false);
      if (open !== null) expect(hit.referrer).toBe(open.page.url);
      views.add(hit.pageview_id);
      open = hit;
    }
    expect(hit.pageview_id).toBe(open?.pageview_id);
    expect(hit.page).toBe(open?.page);
    if (hit.kind === 'order') {
      const o = hit.detail as Order;
      const goods = o.lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0);
      expect(o.subtotal_minor).toBe(goods);
      expect(o.revenue_minor).toBe(goods + o.tax_minor + o.shipping_minor - o.discount_minor);
      expect(orders.has(o.number)).toBe(false);
      orders.add(o.number);
    }
  }
  expect(hits.filter(({ kind }) => kind === 'ping')).toEqual([hits.at(-1)]);
  expect(visit.duration_ms).toBe(before_ms);
}

type Call = (v: JourneyVisit) => void;
const calls: fc.Arbitrary<Call> = fc.oneof(
  fc.constantFrom<Call>(
    (v) => v.view('/a'),
    (v) => v.view(v.random.pick(v.site.pages)),
    (v) => v.product(v.random.ranked(v.site.products)),
    (v) => v.search('x'),
    (v) => v.event({ category: 'c', action: 'a' }),
    (v) => v.content({ name: 'n', interaction: 'click' }),
    (v) => v.download('/f.pdf'),
    (v) => v.outlink('https://elsewhere.example/'),
    (v) => v.goal(3, 100),
    (v) => v.dimension(1, 'x'),
    (v) => v.cart([{ product: v.random.pick(v.site.products), quantity: 2 }]),
    (v) => v.order([{ product: v.random.pick(v.site.products) }]),
  ),
  fc.tuple(fc.nat(100), fc.nat(100)).map(
    ([least, more]): Call =>
      (v) =>
        v.wait(least, least + more),
  ),
);

describe('a journey', () => {
  it('becomes a visit that holds together, whatever it says in whatever order', () => {
    fc.assert(
      fc.property(fc.array(calls, { maxLength: 60 }), fc.nat(), (said, seed) => {
        const plan = planOfJourney(
          (v) => {
            v.view('/');
            for (const call of said) call(v);
          },
          {},
          seed,
        );
        const visit = plan(seed % 1_000);
        expect(visit.faults).toBeUndefined();
        checkVisit(visit);
        expect(JSON.stringify(plan(seed % 1_000))).toBe(JSON.stringify(visit));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('says everything that the interface has', () => {
    const visit = planOfJourney(everything)(4);
    checkVisit(visit);
    expect(visit).toMatchObject({ journey: 'own' });
    expect(visit.hits.map(({ kind }) => kind).join(' ')).toBe(
      'pageview content interaction search pageview event outlink download pageview pageview cart cart order goal goal order cart ping',
    );
    const [first] = visit.hits;
    expect(first?.page.url.raw).toBe('https://shop.example.test/start?x=%C3%A4');
    expect(first?.dimensions).toBe('&dimension1=gold%20%26%20more');
    expect(visit.hits[9]?.dimensions).toBe('&dimension2=list');
    expect(visit.hits[8]?.detail).toMatchObject({ product: { sku: expect.any(String) } });
    expect(visit.hits[6]?.referrer?.raw ?? null).toBe(
      visit.channel === 'direct' ? null : 'https://shop.example.test/found',
    );
  });

  it('ends where its visitor leaves, even if the journey catches that', () => {
    const visit = planOfJourney((v) => {
      v.view('/');
      v.wait(7);
      try {
        v.leave();
      } catch {
        // A journey should not, but may.
      }
      v.view('/later');
    })(0);
    expect(visit.hits.map(({ kind, offset_ms }) => [kind, offset_ms])).toEqual([
      ['pageview', 0],
      ['ping', 7_000],
    ]);
  });

  it('draws the same for a visit, and other things for another', () => {
    const drawn: number[][] = [];
    const plan = planOfJourney((v) => {
      v.view('/');
      drawn.push([v.random.unit(), v.random.between(1, 1_000), v.random.unit()]);
    });
    for (const index of [5, 6, 5]) plan(index);
    expect(drawn[0]).toEqual(drawn[2]);
    expect(drawn[0]).not.toEqual(drawn[1]);
    expect(drawn[0]?.[0]).not.toBe(drawn[0]?.[2]);
  });

  it('pauses before page views as the settings say, and the first page is at once', () => {
    const plan = planOfJourney(everything, {
      pause_between_pvs_min: 1,
      pause_between_pvs_max: 2,
    });
    for (const { kind, pause_ms, offset_ms } of plan(1).hits) {
      if (kind !== 'pageview' || offset_ms === 0) expect(pause_ms).toBe(0);
      else expect(pause_ms >= 1_000 && pause_ms <= 2_000).toBe(true);
    }
  });
});

const product = { sku: 'A', name: 'A', category: 'C', price_minor: 100 };
type Loose = { readonly [M in keyof JourneyVisit]: (...given: unknown[]) => void };

describe('a journey that cannot be planned', () => {
  it.each<[string, (v: Loose) => unknown, RegExp]>([
    ['throws', () => JSON.parse('{'), /SyntaxError/],
    ['is asynchronous', async (v) => v.view('/'), /asynchronous/],
    ['says nothing', () => {}, /no page view/],
    ['acts before a page', (v) => v.event({ category: 'a', action: 'b' }), /before the first page/],
    ['views no page', (v) => v.view(undefined), /address of the page/],
    ['views a mail address', (v) => v.view('mailto:a@b.example'), /no http or https address/],
    ['views a search', (v) => v.view('/x?q=1'), /reads a search from the parameter “q”/],
    ['views a campaign', (v) => v.view('/x?utm_source=1'), /begins a visit of a campaign/],
    ['has an endless title', (v) => v.view({ url: '/', title: 'x'.repeat(1_025) }), /1025 char/],
    ['says half a character', (v) => page(v).search('\ud800'), /search: keyword has half/],
    ['searches for 0', (v) => page(v).search('0'), /keyword is 0/],
    ['has an event without action', (v) => page(v).event({ category: 'x' }), /action is missing/],
    ['has an infinite value', (v) => page(v).event({ ...ab, value: 1 / 0 }), /value must be/],
    ['orders nothing', (v) => page(v).order([]), /order: lines is an empty list/],
    ['orders a half', (v) => page(v).order([{ product, quantity: 0.5 }]), /quantity must be/],
    ['owes money', (v) => page(v).order([{ product, price_minor: -1 }]), /price_minor is -1/],
    ['gives it all away', (v) => page(v).order([{ product }], { discount_minor: 1e6 }), /discount/],
    ['has a goal by name', (v) => page(v).goal('thanks'), /goal: goal must be/],
    ['has a dimension 0', (v) => page(v).dimension(0, 'x'), /dimension: id is 0/],
    ['waits backwards', (v) => page(v).wait(5, 2), /wait\(5, 2\)/],
    ['waits for nothing', (v) => page(v).wait(Number.NaN), /wait\(NaN/],
    ['waits half an hour', (v) => page(v).wait(1_800), /wait\(1800/],
    ['waits it in parts', (v) => [page(v).wait(900), v.wait(900)], /Matomo counts two visits/],
    ['never stops', (v) => many(601, () => v.view('/')), /more than 500 hits/],
    ['stays all day', (v) => many(20, () => page(v).wait(1_000)), /longer than 4 hours/],
    ['draws from nothing', (v) => (v as unknown as JourneyVisit).random.pick([]), /list is empty/],
    ['catches what it is told', (v) => attempt(() => page(v).goal(-1)), /goal: goal is -1/],
    ['changes the site', (v) => push(v), /TypeError/],
  ])('is told what is wrong and the visit is planned without it: %s', (_, visit, message) => {
    const planned = planOfJourney(visit as unknown as (v: JourneyVisit) => void)(3);
    expect(planned.journey).toBeUndefined();
    expect(planned.faults).toHaveLength(1);
    expect(planned.faults?.[0]).toMatchObject({
      plugin: 'test',
      message: expect.stringMatching(message),
    });
    const without = planOfJourney(everything, { journey_share: 0 })(3);
    expect({ ...planned, faults: undefined }).toEqual({ ...without, faults: undefined });
  });

  it('shows neither a stack trace nor lines of its own', () => {
    const plan = planOfJourney(() => {
      throw new Error(`two\nlines\u001b[31m ${'x'.repeat(500)}`);
    });
    const [fault] = plan(0).faults ?? [];
    expect(fault?.message).toMatch(/^journey “own”: Error: two lines \[31m x+$/);
    expect(fault?.message.length).toBeLessThan(230);
  });
});

const ab = { category: 'a', action: 'b' };
const many = (times: number, call: () => void) => {
  for (let n = 0; n < times; n++) call();
};
function page(v: Loose): Loose {
  v.view('/');
  return v;
}
function attempt(call: () => void): void {
  try {
    call();
  } catch {
    // That is the point.
  }
}
function push(v: Loose): void {
  (v as unknown as { site: { pages: unknown[] } }).site.pages.push({});
}

it('the default settings plan no journeys', () => {
  expect(defaultSettings.journey_share).toBe(0);
});
