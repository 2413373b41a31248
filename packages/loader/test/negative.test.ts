import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, expect, it } from 'vitest';
import { summaryText } from '../src/cli/summary-text.ts';
import { quick, summaryOf, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

it.each(['single', 'bulk'])('a live run counts negative traffic apart (%s)', async (delivery) => {
  const matomo = yard.keep(await startFakeMatomo());
  const ended = await yard.run(
    {
      ...quick,
      MATOMO_URL: matomo.url,
      MATOMO_TOKEN_AUTH: matomo.token,
      STATE_DIR: yard.path(delivery),
      DELIVERY: delivery,
      MAX_VISITS: 120,
      MAX_LATENESS_SECONDS: 60,
      SEED: 8,
      NEGATIVE_TRAFFIC: 'bots:0.2,ai_fetchers:0.1,spam_referrers:0.1',
    },
    ['run', '--json'],
  );
  expect(ended.code).toBe(0);
  const summary = summaryOf(ended);
  const { visits, hits, negative } = summary;
  // They count in the caps like any visit.
  expect(visits.delivered).toBe(120);
  expect(negative.visits.planned).toBeGreaterThan(20);
  expect(negative.visits.delivered).toBe(negative.visits.planned);
  const { hits_recorded, hits_seen, excluded } = matomo.stats();
  const left = (excluded.bot_user_agent ?? 0) + (excluded.spam_referrer ?? 0);
  expect(excluded.spam_referrer).toBeGreaterThan(0);
  expect([hits.accepted, negative.hits.accepted]).toEqual([hits_seen, left]);
  expect(hits_recorded).toBe(hits.accepted - left);
  expect(summaryText(summary)).toContain(
    `negative ${negative.visits.planned} of the visits and ${left} of`,
  );
});
