import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilledSite, usualWindow } from './filled-site.ts';

const kinds = 'bots:0.2,ai_fetchers:0.1,spam_referrers:0.1';
const window = [...usualWindow, `NEGATIVE_TRAFFIC=${kinds}`];

let site: FilledSite;
beforeAll(async () => {
  site = await FilledSite.start();
});
afterAll(() => site.close());

describe('a backfill with negative traffic', () => {
  it('arrives, and nothing of the negative part is recorded', async () => {
    expect(await site.backfill(window)).toBe(0);
    const { excluded, hits_recorded, hits_seen, refused } = site.matomo.stats();
    expect(refused).toEqual({});
    expect(excluded.bot_user_agent).toBeGreaterThan(0);
    expect(excluded.spam_referrer).toBeGreaterThan(0);
    const { exitCode, report, text } = await site.reconcile();
    expect(report.differences).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.hits.accepted).toBe(hits_seen);
    const left = (excluded.bot_user_agent ?? 0) + (excluded.spam_referrer ?? 0);
    expect(report.negative.hits).toBe(left);
    expect(hits_recorded + left).toBe(hits_seen);
    expect(report.totals.visits?.planned).toBe(site.matomo.store.visits(1).length);
    expect(report.negative.visits).toBeGreaterThan(50);
    expect(text).toContain(`${report.negative.visits} of the visits that were sent are negative`);
  });

  it('is found out when Matomo records it all the same, with its kinds', async () => {
    const open = await FilledSite.start();
    try {
      open.matomo.faults.set({ exclusions_off: true });
      expect(await open.backfill(window)).toBe(0);
      const { exitCode, report } = await open.reconcile();
      expect(exitCode).toBe(5);
      expect(report.days).toMatchObject({ compared: 4, different: 4 });
      const recorded = report.differences.flatMap(({ metrics }) =>
        metrics.filter(({ metric }) => metric === 'visits').map(({ difference }) => difference),
      );
      expect(recorded.reduce((a, b) => a + b, 0)).toBe(report.negative.visits);
      for (const { causes, metrics } of report.differences) {
        expect(causes.map(({ code }) => code)).toEqual(['negative_recorded']);
        expect(causes[0]?.text).toMatch(/\d of (bots|ai_fetchers|spam_referrers)[,)]/);
        expect(metrics.every(({ cause }) => cause === 'negative_recorded')).toBe(true);
      }
    } finally {
      await open.close();
    }
  });
});
