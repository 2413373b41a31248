import type { ReconcileReport } from '@trafficinator/contract';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, escapedValue, junitXml } from './junit.ts';

/** Parses strictly: whatever is not well-formed is an error. */
function parse(xml: string) {
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message);
  };
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml');
}

const report: ReconcileReport = {
  ok: false,
  exit_code: 5,
  run_id: 'backfill-1',
  target: { url: 'https://m.example.test/matomo.php?a=1&b="2"', site_id: 3 },
  timezone: 'UTC',
  window: { first_day: '2026-01-01', last_day: '2026-01-03', days: 3 },
  finished: true,
  batches: 4,
  hits: { accepted: 40, uncertain: 0 },
  negative: { visits: 0, hits: 0 },
  baseline_taken_at: null,
  days: { compared: 3, equal: 2, different: 1 },
  equal_days: [
    { date: '2026-01-01', visits: 3, actions: 9 },
    { date: '2026-01-03', visits: 2, actions: 5 },
  ],
  metrics: ['visits'],
  totals: { visits: { planned: 8, recorded: 7 } },
  differences: [
    {
      date: '2026-01-02',
      metrics: [
        {
          metric: 'visits',
          unit: 'count',
          report: 'VisitsSummary.get',
          planned: 3,
          recorded: 2,
          baseline: 0,
          difference: -1,
          cause: 'visits_missing',
        },
      ],
      causes: [
        { code: 'visits_missing', label: '1 <visit> missing', text: '…', missing_visits: [] },
      ],
    },
  ],
  not_compared: [],
  notices: ['Ends with ]]> and a \u0000 control.'],
  reads: 1,
};

describe('JUnit XML', () => {
  it('has a case for each day in order, failed where the day differs', () => {
    const document = parse(junitXml(report, ({ date }) => `${date} <table> & "more"`));
    const suite = document.getElementsByTagName('testsuite')[0];
    expect(suite?.getAttribute('tests')).toBe('3');
    expect(suite?.getAttribute('failures')).toBe('1');
    const cases = [...document.getElementsByTagName('testcase')];
    expect(
      cases.map((each) => [each.getAttribute('name'), each.getAttribute('classname')]),
    ).toEqual([
      ['2026-01-01', 'site 3'],
      ['2026-01-02', 'site 3'],
      ['2026-01-03', 'site 3'],
    ]);
    const failures = [...document.getElementsByTagName('failure')];
    expect(failures).toHaveLength(1);
    expect(failures[0]?.parentNode).toBe(cases[1]);
    expect(failures[0]?.getAttribute('message')).toBe('1 metrics differ (1 <visit> missing)');
    expect(failures[0]?.textContent).toBe('2026-01-02 <table> & "more"');
    const property = [...document.getElementsByTagName('property')].find(
      (each) => each.getAttribute('name') === 'url',
    );
    expect(property?.getAttribute('value')).toBe(report.target.url);
    expect(document.getElementsByTagName('system-out')[0]?.textContent).toBe(
      'Ends with ]]> and a \uFFFD control.',
    );
  });
});

/** A character as XML 1.0 (§2.2) lets it be. */
function possible(character: string): string {
  const code = character.codePointAt(0) as number;
  const isLine = code === 0x9 || code === 0xa || code === 0xd;
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const isOut = (code < 0x20 && !isLine) || isHalf || code === 0xfffe || code === 0xffff;
  return isOut ? '\uFFFD' : character;
}

describe('any text', () => {
  it('survives as content and as an attribute, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const document = parse(`<a b="${escapedValue(text)}">${escaped(text)}</a>`);
        const wanted = [...text].map(possible).join('');
        expect(document.documentElement?.textContent).toBe(wanted);
        expect(document.documentElement?.getAttribute('b')).toBe(wanted);
      }),
    );
  });
});
