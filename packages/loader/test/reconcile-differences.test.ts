import { readSettings, targetsOf } from '@trafficinator/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownBatch } from '../src/account/batches/fates.ts';
import type { BatchMaker } from '../src/backfill/batch-maker.ts';
import { loadMaterial } from '../src/edge/material.ts';
import { openRemembered } from '../src/edge/remembered-backfill.ts';
import { knownBatches } from '../src/reconcile/delivered.ts';
import { replayOf, settingsOf } from '../src/reconcile/replay.ts';
import { FilledSite, usualWindow } from './filled-site.ts';

let site: FilledSite;
beforeEach(async () => {
  site = await FilledSite.start();
  expect(await site.backfill()).toBe(0);
});
afterEach(() => site.close());

const visitsOn = (date: string) =>
  site.matomo.store
    .visits(1)
    .filter((visit) => new Date(visit.last_action_ms + 3_600_000).toISOString().startsWith(date));

/** The batches of the journal, and what they hold. */
function journalled(): { readonly batches: readonly KnownBatch[]; readonly maker: BatchMaker } {
  const given = readSettings({
    environment: {},
    layers: [{ kind: 'set', assignments: site.settings() }],
    readFile: () => '',
    purpose: 'backfill',
  }).settings;
  const target = targetsOf(given).list.targets[0]!;
  const journal = openRemembered(given, target)!;
  try {
    const backfill = journal.latest()!;
    const settings = settingsOf(backfill, given);
    const { material } = loadMaterial(settings);
    const openers = journal.openers();
    const { maker } = replayOf(backfill, settings, material, target.features, openers);
    return { batches: [...knownBatches(journal, backfill.lanes)], maker };
  } finally {
    journal.close();
  }
}

/** A batch of the day that has all hits of its visits: none of them was opened by a hit of its own. */
function batchOn(batches: readonly KnownBatch[], day: number): KnownBatch {
  const opened = new Set(batches.filter(({ opener }) => opener).map((each) => each.first_index));
  return batches.find((batch) => batch.day === day && !opened.has(batch.first_index))!;
}

describe('one recorded visit less', () => {
  it('is found: the day, the metrics, the visitor', async () => {
    const lost = visitsOn('2025-03-30')[7]!;
    site.matomo.store.removeVisit(lost);
    const { exitCode, report, text } = await site.reconcile();
    expect(exitCode).toBe(5);
    expect(report.days).toEqual({ compared: 4, equal: 3, different: 1 });
    const [day] = report.differences;
    expect(day?.date).toBe('2025-03-30');
    const byName = Object.fromEntries(day!.metrics.map((m) => [m.metric, m]));
    expect(byName.visits).toMatchObject({
      difference: -1,
      report: 'VisitsSummary.get',
      cause: 'visits_missing',
    });
    expect(byName.unique_visitors?.difference).toBe(-1);
    expect(byName.new_visits?.difference).toBe(-1);
    expect(byName.actions?.difference).toBe(-lost.action_count);
    expect(byName.sum_visit_length_seconds?.difference).toBe(-lost.total_seconds);
    expect(day?.causes).toHaveLength(1);
    expect(day?.causes[0]?.missing_visits).toMatchObject([
      {
        visitor_id: lost.visitor_id,
        started_at: new Date(lost.first_action_ms).toISOString(),
        actions: lost.action_count,
        user_agent: lost.user_agent,
        address: lost.ip,
      },
    ]);
    expect(text).toContain('2025-03-30 differs');
    expect(text).toContain(`visitor ${lost.visitor_id}`);
    expect(text).toContain('Not equal: 1 of 4 days differs');
  });
});

describe('a batch', () => {
  it('that is there twice is named', async () => {
    const { batches, maker } = journalled();
    const batch = batchOn(batches, 1);
    // Matomo refuses an order id that it has: without the orders it records what it does with them.
    const hits = maker.hitsOf(batch).filter(({ hit }) => hit.kind !== 'order');
    const requests = maker.queriesOf(hits).map((query) => `?${query}`);
    const body = JSON.stringify({ requests, token_auth: site.matomo.token });
    const answer = await fetch(site.matomo.tracker_url, { method: 'POST', body });
    expect(answer.status).toBe(200);
    const { report } = await site.reconcile();
    expect(report.differences.map(({ date }) => date)).toEqual(['2025-03-29']);
    expect(report.differences[0]?.causes).toMatchObject([
      { code: 'batch_twice', label: `batch ${batch.id} twice` },
    ]);
  });

  it('that is missing is named', async () => {
    const { batches, maker } = journalled();
    const batch = batchOn(batches, 2);
    const visitors = new Set(maker.hitsOf(batch).map(({ visit }) => visit.visitor.id));
    for (const visit of [...site.matomo.store.visits(1)]) {
      if (visitors.has(visit.visitor_id)) site.matomo.store.removeVisit(visit);
    }
    const { report } = await site.reconcile();
    expect(report.differences.map(({ date }) => date)).toEqual(['2025-03-30']);
    expect(report.differences[0]?.causes).toMatchObject([
      {
        code: 'batch_missing',
        text: expect.stringContaining(`batch ${batch.id} of the journal (lane ${batch.lane}`),
      },
    ]);
  });
});

describe('a backfill that lost sight of what it sent', () => {
  it.each([
    ['a batch', 1, 'batch_arrived'],
    ['several', 2, 'batches_arrived'],
  ] as const)('finds %s in the reports, if it arrived', async (_, lost, code) => {
    await site.close();
    site = await FilledSite.start();
    // The first request asks whether a tracker is there, the second opens a day; then come its batches.
    let requests = 0;
    site.matomo.faults.set({ reset_after_commit: {} });
    const strike = site.matomo.faults.strike.bind(site.matomo.faults);
    site.matomo.faults.strike = (name) => {
      if (name !== 'reset_after_commit') return strike(name);
      requests++;
      return requests > 2 && requests <= 2 + lost ? strike(name) : null;
    };
    expect(await site.backfill([...usualWindow, 'ON_UNKNOWN=skip', 'BULK_LANES=1'])).toBe(4);
    const { exitCode, report, text } = await site.reconcile();
    expect(exitCode).toBe(5);
    expect(report.hits.uncertain).toBeGreaterThan(0);
    expect(report.notices.join()).toContain('the journal does not know whether Matomo has them');
    expect(report.differences.map(({ date, causes }) => [date, causes.map((c) => c.code)])).toEqual(
      [['2025-03-28', [code]]],
    );
    expect(text).toContain('arrived');
  });
});

describe('a backfill that is unfinished', () => {
  it('is compared as far as it came', async () => {
    await site.close();
    site = await FilledSite.start();
    site.matomo.faults.set({ answer: { status: 503, share: 0.2 }, seed: 2 });
    const impatient = ['BACKFILL_PATIENCE_SECONDS=0', 'BULK_LANES=1'];
    expect(await site.backfill([...usualWindow, ...impatient])).toBe(3);
    site.matomo.faults.clear();
    const { report } = await site.reconcile();
    expect(report.totals.visits?.planned).toBeGreaterThan(0);
    expect(report.finished).toBe(false);
    expect(report.notices.join()).toContain('The backfill is unfinished');
    expect(report.differences).toEqual([]);
    expect(await site.backfill([...usualWindow, ...impatient])).toBe(0);
    expect((await site.reconcile()).report).toMatchObject({ ok: true, finished: true });
  });
});

describe('a site with another timezone than the one that was filled', () => {
  it('is told, and is the likely cause of whatever differs', async () => {
    await site.close();
    site = await FilledSite.start();
    const long = ['VISIT_DURATION_MIN=20', 'VISIT_DURATION_MAX=25'];
    expect(await site.backfill([...usualWindow, ...long])).toBe(0);
    site.matomo.sites.get(1)!.timezone = 'America/New_York';
    const { exitCode, report } = await site.reconcile();
    expect(exitCode).toBe(5);
    expect(report.notices).toEqual([
      'The backfill was planned in days of Europe/Stockholm; the site’s days are those of America/New_York.',
    ]);
    expect(report.days.different).toBeGreaterThan(0);
    for (const { causes } of report.differences) {
      expect(causes).toMatchObject([
        { code: 'zone_differs', text: expect.stringContaining('Europe/Stockholm') },
      ]);
    }
  });

  it('is nothing when only the name differs', async () => {
    site.matomo.sites.get(1)!.timezone = 'Europe/Berlin';
    const { report } = await site.reconcile();
    expect(report.differences).toEqual([]);
  });
});

describe('orders', () => {
  it('that an earlier backfill has sent are missing alone', async () => {
    const { store } = site.matomo;
    const orders = store.visits(1).reduce((sum, { conversions }) => sum + conversions.length, 0);
    expect(orders).toBeGreaterThan(10);
    for (const visit of store.visits(1)) {
      if (visit.conversions.length > 0 && visit.id % 2 === 0) {
        store.changeVisit(visit, (it) => it.conversions.splice(0));
      }
    }
    const { report } = await site.reconcile();
    expect(report.days.different).toBeGreaterThan(0);
    for (const { metrics, causes } of report.differences) {
      expect(causes.map(({ code }) => code)).toEqual(['orders_refused']);
      expect(metrics.map(({ metric }) => metric)).toEqual(
        expect.arrayContaining(['orders', 'order_revenue_minor', 'conversions']),
      );
    }
  });
});
