import fc from 'fast-check';
import type { Parameters } from './hit-of-parameters.ts';

const site = 'http://shop.example.se';
const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36';
const ecommerce = { idgoal: 0, ec_items: '[["s1","One","C",5,2]]' };

/** Seconds between hits, the odd ones about the limits of a visit. */
const gap = fc.constantFrom(0, 1, 5, 30, 90, 600, 1_200, 1_799, 1_800, 1_801, 4_000, 90_000);
const paths = fc.constantFrom(
  '/',
  '/a',
  '/a#top',
  '/a?x=1&fbclid=z',
  '/thanks',
  '/find?q=boots',
  '/a?utm_campaign=spring&utm_term=X',
  '/?mtm_campaign=fall&mtm_kwd=y',
);
const referrers = fc.constantFrom(
  null,
  null,
  null,
  `${site}/x`,
  'https://www.google.de/',
  'https://www.bing.com/search?q=Y',
  'https://t.co/z',
  'https://www.facebook.com/',
  'https://l.facebook.com/',
  'https://blog.example.org/p',
);

/** What a hit says besides who, when and where; `#` stands for a number of its own. */
const things: fc.Arbitrary<Parameters> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.constantFrom<Parameters>(
    { search: 'x' },
    { search: 'y' },
    { link: 'https://example.org/x' },
    { download: `${site}/f.pdf` },
    { e_c: 'c', e_a: 'a' },
    { c_n: 'b', c_p: 'p' },
    { c_n: 'b', c_p: 'p', c_i: 'click' },
    { ...ecommerce, revenue: '5.50' },
    { ...ecommerce, revenue: '12.34', ec_st: '10', ec_tx: '2.34', ec_id: 'own-#' },
    { ...ecommerce, revenue: '1.10', ec_id: 'shared' },
    { idgoal: 2 },
    { idgoal: 3, revenue: '7' },
    { ping: 1 },
    { ping: 1 },
  ),
);

interface Step {
  readonly gap_seconds: number;
  readonly path: string;
  readonly referrer: string | null;
  readonly thing: Parameters;
  readonly new_visit: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  gap_seconds: gap,
  path: paths,
  referrer: referrers,
  thing: things,
  new_visit: fc.integer({ min: 0, max: 24 }).map((n) => n === 24),
});

interface Person {
  readonly begins_seconds: number;
  /** Number of the hit from which the person is logged in; null: never. */
  readonly logs_in: number | null;
  readonly steps: readonly Step[];
}

const person: fc.Arbitrary<Person> = fc.record({
  begins_seconds: fc.integer({ min: 0, max: 600 }),
  logs_in: fc.constantFrom(null, null, 0, 2),
  steps: fc.array(step, { minLength: 1, maxLength: 9 }),
});

/**
 * Histories of one to three visitors, each one's tracking requests in their order: around noon, around
 * midnight and around a change of clocks of a site in Stockholm.
 */
export const histories: fc.Arbitrary<readonly (readonly Parameters[])[]> = fc
  .tuple(
    fc.constantFrom('2026-06-10T10:00Z', '2026-06-10T21:40Z', '2026-10-24T21:50Z'),
    fc.array(person, { minLength: 1, maxLength: 3 }),
  )
  .map(([start, people]) =>
    people.map((who, number) => requestsOf(who, number, Date.parse(start) / 1000)),
  );

function requestsOf(who: Person, number: number, start_seconds: number): Parameters[] {
  let at_seconds = start_seconds + who.begins_seconds;
  return who.steps.map((next, n) => {
    const request: Record<string, string | number> = {
      idsite: 1,
      rec: 1,
      cid: String(number + 1).padStart(16, 'a'),
      cip: `192.0.2.${number + 10}`,
      ua: browser,
      cdt: new Date(at_seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
      url: site + next.path,
      ...next.thing,
    };
    if (request.ec_id === 'own-#') request.ec_id = `own-${number}-${n}`;
    if (request.ping === 1) request.url = `${site}/`;
    else if (next.referrer !== null) request.urlref = next.referrer;
    if (who.logs_in !== null && n >= who.logs_in) request.uid = `user ${number}`;
    if (next.new_visit) request.new_visit = 1;
    at_seconds += next.gap_seconds;
    return request;
  });
}

/** All requests of a history as they come in: by time, each visitor's own in their order. */
export const inOrder = (history: readonly (readonly Parameters[])[]): Parameters[] =>
  history.flat().sort((a, b) => String(a.cdt).localeCompare(String(b.cdt)));
