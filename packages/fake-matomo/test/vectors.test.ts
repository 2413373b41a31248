import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMatomo, startFakeMatomo } from '../src/index.ts';
import { observedDays, observedVisits } from './observe.ts';
import { recorded } from './vectors.ts';

/** After every vector's time, so that no cdt lies in the future. */
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

let fake: FakeMatomo;

beforeAll(async () => {
  fake = await startFakeMatomo({ sites: recorded.sites, now: () => NOW_MS });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const queryOf = (hit: Record<string, string | number>) => {
  const query = new URLSearchParams({ ua: recorded.default_ua });
  for (const [name, value] of Object.entries(hit)) query.set(name, String(value));
  return query;
};

it('holds all 62 recorded histories', () => {
  expect(recorded.vectors).toHaveLength(62);
});

describe.each(recorded.vectors)('$name', (vector) => {
  const { hits, answer, days, visits } = vector;

  it('is recorded as by Matomo from single requests', async () => {
    const statuses: number[] = [];
    for (const hit of hits) {
      const query = queryOf(hit);
      query.set('token_auth', fake.token);
      const response = await fetch(`${fake.tracker_url}?${query}`);
      statuses.push(response.status);
    }
    const refused = new Set(answer.body.invalid_indices);
    expect(statuses).toEqual(hits.map((_, index) => (refused.has(index) ? 400 : 200)));
    expect(await observedDays(fake, vector)).toEqual(days);
    expect(await observedVisits(fake, vector)).toEqual(visits);
  });

  it('is recorded as by Matomo from one bulk request', async () => {
    const requests = hits.map((hit) => `?${queryOf(hit)}`);
    const response = await fetch(fake.tracker_url, {
      method: 'POST',
      body: JSON.stringify({ requests, token_auth: fake.token }),
    });
    expect({ status: response.status, body: await response.json() }).toEqual(answer);
    expect(await observedDays(fake, vector)).toEqual(days);
    expect(await observedVisits(fake, vector)).toEqual(visits);
  });
});
