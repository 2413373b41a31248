import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeMatomo, startFakeMatomo } from '../src/index.ts';
import { hitWithToken } from './client.ts';
import { recorded } from './vectors.ts';

/** On the day of the samples, so that dates of visits and of reports agree. */
const NOW_MS = Date.parse('2026-10-24T20:00:00Z');

let fake: FakeMatomo;

beforeAll(async () => {
  fake = await startFakeMatomo({ sites: recorded.sites, now: () => NOW_MS });
  for (const day of ['2026-10-23', '2026-10-24']) {
    const cdt = `${day} 12:00:00`;
    const order = { idgoal: 0, ec_id: day, revenue: '66.37', ec_st: '59.90', ec_sh: '6.47' };
    expect((await hitWithToken(fake, { cdt })).status).toBe(200);
    expect((await hitWithToken(fake, { cdt, ...order })).status).toBe(200);
    const search = { cdt, cid: 'bbbbbbbbbbbbbbbb', search: 'shoes' };
    expect((await hitWithToken(fake, search)).status).toBe(200);
  }
});
afterAll(() => fake.close());

/** The shape of an answer: keys in their order, and types instead of values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') {
    return typeof value === 'string' && /^[\d.]+%$/.test(value) ? 'percentage' : typeof value;
  }
  return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
}

/** Answers that depend on nothing but the sites. */
const STATIC = new Set([
  'API.getMatomoVersion',
  'API.isPluginActivated',
  'UsersManager.getUserPreference',
  'SitesManager.getSiteFromId',
  'SitesManager.getSitesIdWithAtLeastViewAccess',
  'Goals.getGoals',
  'CustomDimensions.getConfiguredCustomDimensions',
  'CoreAdminHome.getTrackingFailures',
]);

describe.each(recorded.api_samples)('$params', ({ params, status, content_type, body }) => {
  it('is answered in the shape of the sample', async () => {
    const { token_auth } = params;
    const token =
      token_auth === undefined ? fake.token : token_auth === '(none)' ? '' : String(token_auth);
    const form = new URLSearchParams({ idSite: '1', token_auth: token });
    for (const [name, value] of Object.entries(params)) {
      if (name !== 'token_auth') form.set(name, String(value));
    }
    const answers = [
      await fetch(`${fake.url}/index.php`, { method: 'POST', body: form }),
      await fetch(`${fake.url}/index.php?${form}`),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, content_type]);
      if (status === 401) {
        // The sample holds a 401's text as it was sent.
        const text = await answer.text();
        expect(content_type.includes('json') ? text : text.slice(0, 15)).toBe(
          content_type.includes('json') ? body : '<!DOCTYPE html>',
        );
        continue;
      }
      const observed = await answer.json();
      expect(shapeOf(observed)).toEqual(shapeOf(body));
      if (STATIC.has(String(params.method))) expect(observed).toEqual(body);
    }
  });
});
