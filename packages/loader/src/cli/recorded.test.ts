import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { Ledger } from '../account/ledger/ledger.ts';
import { addCounts, type DayCounts, noCounts } from '../account/ledger/metrics.ts';
import type { LedgerSiteChoices } from '../account/ledger/site.ts';
import { histories, inOrder } from '../testing/histories.ts';
import { hitOfParameters, type Parameters } from '../testing/hit-of-parameters.ts';
import { recordedBy } from './recorded.ts';

const goals = [
  { idgoal: 1, name: 'Thanks', match_attribute: 'url', pattern: '/thanks', revenue: 0 },
  { idgoal: 2, name: 'Newsletter', match_attribute: 'manually', revenue: 10 },
  { idgoal: 3, name: 'Call', match_attribute: 'manually', revenue: 3, allow_multiple: 1 },
] as const;
const site = {
  name: 'Shop',
  main_url: 'http://shop.example.se',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
  ecommerce: 1,
  sitesearch: 1,
  goals: goals.map((goal) => ({ ...goal })),
} as const;
const choices: LedgerSiteChoices = {
  timezone: site.timezone,
  main_urls: [site.main_url],
  goals: goals.map((goal) => ({
    id: goal.idgoal,
    match: goal.match_attribute,
    pattern: 'pattern' in goal ? goal.pattern : '',
    pattern_type: 'contains',
    case_sensitive: false,
    allow_multiple: 'allow_multiple' in goal,
    revenue_minor: goal.revenue * 100,
  })),
};

let standIn: FakeMatomo;
beforeAll(async () => {
  standIn = await startFakeMatomo({
    sites: { '1': site },
    now: () => Date.parse('2027-01-01T00:00:00Z'),
  });
});
afterAll(() => standIn.close());

async function send(hits: readonly Parameters[]): Promise<readonly number[]> {
  const queries = hits.map((hit) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(hit)) query.set(name, String(value));
    return `?${query}`;
  });
  const answer = await request(standIn.tracker_url, {
    method: 'POST',
    body: JSON.stringify({ requests: queries, token_auth: standIn.token }),
  });
  return z.object({ invalid_indices: z.array(z.number()) }).parse(await answer.body.json())
    .invalid_indices;
}

/** The sum of as many days as a history can have. */
async function reported(first: Parameters): Promise<DayCounts> {
  const total = noCounts();
  const start_ms = Date.parse(`${String(first.cdt).replace(' ', 'T')}Z`);
  for (const days of [0, 4, 8, 12]) {
    const at_ms = start_ms + days * 86_400_000;
    addCounts(total, await recordedBy(standIn.url, standIn.token, 1, at_ms));
  }
  return total;
}

/**
 * Two models of Matomo that share no line, over histories that nobody thought of. The histories keep to
 * what the stand-in knows: no hosts with `www.`, no campaigns without a keyword, no ping that names a source.
 */
it('the ledger and the stand-in are of one opinion', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      standIn.reset();
      const hits = inOrder(history);
      const invalid = await send(hits);
      const ledger = new Ledger(choices);
      for (const [index, parameters] of hits.entries()) {
        const hit = hitOfParameters(parameters);
        if (hit === null) throw new Error('a history has no excluded hits');
        if (!invalid.includes(index)) ledger.accepted(hit);
        else if (hit.kind === 'order') ledger.refusedOrder(hit);
      }
      const { goals: _, ...counts } = ledger.total();
      expect(counts).toEqual(await reported(hits[0] as Parameters));
    }),
    { numRuns: 120 },
  );
});
