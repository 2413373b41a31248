import { describe, expect, it } from 'vitest';
import type { Site } from '../send/preflight/api.ts';
import { ReportingError } from '../send/reporting.ts';
import { ledgerFacts } from './ledger-site.ts';
import { askGoals, readGoals } from './site-goals.ts';

const goal = {
  idgoal: 1,
  name: 'Thanks',
  match_attribute: 'url',
  pattern: '/thanks',
  pattern_type: 'contains',
  case_sensitive: 0,
  allow_multiple: '1',
  revenue: '9.99',
  event_value_as_revenue: 0,
};
const site: Site = {
  name: 'Shop',
  main_url: 'https://shop.example.test',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  ecommerce: true,
  sitesearch: true,
  exclude_unknown_urls: false,
  ts_created: null,
  sitesearch_keyword_parameters: '',
  urls: ['https://shop.example.test', 'https://www.example.test'],
};

describe('goals', () => {
  it('are read from a list and from an object by id', () => {
    const expected = [
      {
        id: 1,
        name: 'Thanks',
        revenue_from_event: false,
        ledger: {
          id: 1,
          match: 'url',
          pattern: '/thanks',
          pattern_type: 'contains',
          case_sensitive: false,
          allow_multiple: true,
          revenue_minor: 999,
        },
      },
    ];
    expect(readGoals([goal])).toEqual(expected);
    expect(readGoals({ '1': goal })).toEqual(expected);
    expect(readGoals('nonsense')).toEqual([]);
  });

  it('are none when Matomo refuses to tell, and unknown when it does not answer', async () => {
    const failing = (refused: boolean) => ({
      ask: () => Promise.reject(new ReportingError('off', refused)),
    });
    expect(await askGoals(failing(true), 1)).toEqual([]);
    await expect(askGoals(failing(false), 1)).rejects.toThrow('off');
  });

  it.each([
    ['by the length of a visit', { match_attribute: 'visit_duration' }],
    ['by an expression of another kind', { pattern_type: 'regex', pattern: '(?i' }],
  ])('that convert %s cannot be predicted, nor what they touch', (_, change) => {
    const { choices, untold } = ledgerFacts(site, 'UTC', readGoals([{ ...goal, ...change }]));
    expect(choices.goals).toEqual([]);
    expect([...untold.keys()]).toEqual([
      'converted_visits',
      'conversions',
      'conversion_revenue_minor',
      'sum_visit_length_seconds',
      'goal_1_conversions',
      'goal_1_visits',
      'goal_1_revenue_minor',
    ]);
    expect(untold.get('conversions')).toContain('goal 1 (Thanks)');
  });

  it('whose revenue is an event’s value leave that open alone', () => {
    const { choices, untold } = ledgerFacts(
      site,
      'UTC',
      readGoals([{ ...goal, event_value_as_revenue: 1 }]),
    );
    expect(choices.goals).toHaveLength(1);
    expect([...untold.keys()]).toEqual(['goal_1_revenue_minor', 'conversion_revenue_minor']);
  });
});

describe('a site for the ledger', () => {
  it('has its zone, its addresses and its search parameters', () => {
    const { choices } = ledgerFacts(
      { ...site, sitesearch_keyword_parameters: 'find, term' },
      'UTC+5:30',
      [],
    );
    expect(choices).toMatchObject({
      timezone: 'UTC+5:30',
      main_urls: site.urls,
      site_search_parameters: ['find', 'term'],
    });
    expect(ledgerFacts(site, 'UTC', []).choices).not.toHaveProperty('site_search_parameters');
  });

  it('counts what is delivered also where the site does not report it', () => {
    const off = { ...site, ecommerce: false, sitesearch: false };
    expect(ledgerFacts(off, 'UTC', []).choices).toMatchObject({
      ecommerce: true,
      sitesearch: true,
      site_search_parameters: [],
    });
  });
});
