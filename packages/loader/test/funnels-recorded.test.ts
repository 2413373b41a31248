import { defaultSettings } from '@trafficinator/contract';
import { defaultSites, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { Ledger } from '../src/account/ledger/ledger.ts';
import { countNames } from '../src/account/ledger/metrics.ts';
import { MemoryState } from '../src/account/memory-state.ts';
import { recordedBy } from '../src/cli/recorded.ts';
import { systemClock } from '../src/edge/clock.ts';
import type { EventTemplate } from '../src/plan/material/material.ts';
import { compilePlan } from '../src/plan/plan.ts';
import { HttpTransport } from '../src/send/transport.ts';
import { soleRun } from '../src/sole-run.ts';
import {
  event,
  everyKind,
  exampleFunnels,
  hasty,
  materialWith,
  page,
} from '../src/testing/funnel-material.ts';

const standIns: FakeMatomo[] = [];
afterAll(() => Promise.all(standIns.map((standIn) => standIn.close())));

const goals = [
  { idgoal: 1, name: 'Newsletter', revenue: 10 },
  { idgoal: 2, name: 'Lead', revenue: 3, allow_multiple: 1 as const },
];
const site = { ...defaultSites({ timezone: 'Europe/Stockholm' })['1']!, goals };

/** Sends visits with these funnels to a stand-in over HTTP; what the ledger and the reports say. */
async function delivered(funnels: readonly unknown[], visits: number) {
  const standIn = await startFakeMatomo({ sites: { '1': site } });
  standIns.push(standIn);
  const material = materialWith(funnels);
  const settings = {
    ...defaultSettings,
    target_visits_per_day: 86_400 * 200,
    max_visits: visits,
    concurrency: 200,
    max_lateness_seconds: 600,
    pause_between_pvs_min: 0,
    pause_between_pvs_max: 0,
  };
  const ledger = new Ledger({
    timezone: site.timezone ?? 'UTC',
    main_urls: [site.main_url],
    goals: goals.map(({ idgoal, revenue, allow_multiple }) => ({
      id: idgoal,
      match: 'manually' as const,
      pattern: '',
      pattern_type: 'exact' as const,
      case_sensitive: false,
      allow_multiple: allow_multiple === 1,
      revenue_minor: revenue * 100,
    })),
  });
  const state = new MemoryState();
  const began_ms = systemClock.now();
  state.begin({ run_id: 'r', seed: 4, started_at_ms: began_ms, settings_digest: '' });
  const plan = compilePlan(settings, material, 4);
  const run = soleRun({
    clock: systemClock,
    settings,
    plan,
    funnels: material.funnels,
    seed: 4,
    transport: new HttpTransport({
      url: standIn.tracker_url,
      token: standIn.token,
      connections: 16,
      connect_timeout_ms: 10_000,
      request_timeout_ms: 30_000,
      ca: null,
      tls_insecure: false,
      allow_private: true,
      user_agent: 'test',
    }),
    state,
    query: { site_id: 1, with_location: true, order_prefix: 'T-' },
    from: { index: 0, visits: 0, active_ms: 0 },
    started_at_ms: systemClock.now(),
    duration_ms: null,
    ledger,
    events: { changed: () => {}, beat: () => {} },
  });
  await run.start();
  const recorded = await recordedBy(standIn.url, standIn.token, 1, began_ms);
  return { run, plan, standIn, recorded, planned: ledger.total() };
}

describe('what Matomo records of funnels', () => {
  it.each([
    ['the examples', exampleFunnels().map(hasty)],
    ['every kind of step', [hasty(everyKind)]],
    [
      'every kind of step, and browsing afterwards',
      [hasty({ ...everyKind, exit_after_completion: false })],
    ],
    [
      'visits that end early',
      [
        hasty({
          name: 'd',
          probability: 0.8,
          steps: [page('/a', { drop_off: 0.5 }), event('x', { drop_off: 0.5 }), page('/b')],
        }),
      ],
    ],
  ])('is what was planned, number by number: %s', async (_, funnels) => {
    const { run, recorded, planned } = await delivered(funnels, 120);
    expect(run.books.tally.visits.delivered).toBe(120);
    for (const name of countNames) expect([name, recorded[name]]).toEqual([name, planned[name]]);
    expect(recorded.visits).toBeGreaterThanOrEqual(120);
  });

  it('has everything that a funnel can do', async () => {
    const { recorded } = await delivered([hasty(everyKind)], 20);
    expect(recorded).toMatchObject({
      searches: 20,
      outlinks: 20,
      downloads: 20,
      events: 20,
      content_impressions: 20,
      content_interactions: 20,
      orders: 40,
      carts: 20,
      cart_revenue_minor: 10_000,
      conversions: 40 + 20 + 40,
    });
  });

  it('is the steps of each visit, in their order', async () => {
    const { plan, standIn } = await delivered(exampleFunnels().map(hasty), 60);
    const visits = standIn.store.visits(1);
    const isAction = (kind: string) => !['order', 'ping'].includes(kind);
    let walked = 0;
    for (let index = 0; index < 60; index++) {
      const { visitor, hits, funnel } = plan(index);
      if (funnel === undefined) continue;
      const own = visits.filter(({ visitor_id }) => visitor_id === visitor.id);
      const recorded = own.flatMap(({ actions }) => actions);
      const planned = hits.filter(({ kind }) => isAction(kind));
      expect(recorded.map(({ page_view_id }) => page_view_id)).toEqual(
        planned.map(({ pageview_id }) => pageview_id),
      );
      const events = planned.filter(({ kind }) => kind === 'event');
      expect(recorded.flatMap((action) => action.event?.action ?? [])).toEqual(
        events.map(({ detail }) => (detail as EventTemplate).action.raw),
      );
      walked++;
    }
    expect(walked).toBeGreaterThan(20);
  });
});
