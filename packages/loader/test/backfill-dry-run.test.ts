import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BackfillPlan, backfillPlan } from '@trafficinator/contract';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { errorsOf } from './backfill-ground.ts';
import { reportOf } from './backfill-yard.ts';
import { runHere } from './here.ts';

const quiet = { LOG_LEVEL: 'CRITICAL', STATUS_PORT: 0 };
const week = { BACKFILL_START_DATE: '2025-10-23', BACKFILL_END_DATE: '2025-10-29' };
const small = { ...quiet, ...week, BACKFILL_MAX_VISITS_PER_DAY: 40, TIMEZONE: 'Europe/Stockholm' };

async function planned(
  settings: Parameters<typeof runHere>[1],
): Promise<BackfillPlan & { readonly err: string }> {
  const { code, out, err } = await runHere(['backfill', '--dry-run', '--json'], settings);
  expect(code).toBe(0);
  return { ...backfillPlan.parse(JSON.parse(out)), err };
}
const sum = (plan: BackfillPlan, what: 'visits' | 'hits') =>
  plan.days.reduce((total, day) => total + day[what], 0);

const directory = mkdtempSync(join(tmpdir(), 'dry-run-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('backfill --dry-run', () => {
  it('tells what a backfill sends, before it is sent', async () => {
    const fake = await startFakeMatomo({ default_site: { timezone: 'Europe/Stockholm' } });
    try {
      const negative = { NEGATIVE_TRAFFIC: 'bots:0.1,spam_referrers:0.1' };
      const settings = { ...small, ...negative, BACKFILL_SEED: 8, BULK_SIZE: 60 };
      const plan = await planned(settings);
      const target = { MATOMO_URL: fake.tracker_url, MATOMO_TOKEN_AUTH: fake.token };
      const state = { STATE_DIR: directory };
      const report = reportOf(
        await runHere(['backfill', '--json', '--restart'], { ...settings, ...target, ...state }),
      );
      expect(plan.days).toEqual(
        report.days.map(({ date, visits, hits }) => ({ date, visits, hits })),
      );
      expect([plan.visits, plan.hits]).toEqual([report.visits.done, report.hits.done]);
      expect(plan.negative).toEqual(report.negative);
      expect(plan.negative.visits).toBeGreaterThan(0);
      expect(plan.window).toEqual(report.window);
      // A run packs more into a request while Matomo is quick.
      const { bulk_requests } = fake.stats();
      expect(plan.requests).toBeGreaterThanOrEqual(bulk_requests);
      expect(plan.requests).toBeLessThan(bulk_requests * 2);
    } finally {
      await fake.close();
    }
  });

  it('needs no target and no token, and does not speak of them', async () => {
    const plan = await planned(small);
    expect(plan.err).toBe('');
    expect(sum(plan, 'visits')).toBe(plan.visits);
    expect(sum(plan, 'hits')).toBe(plan.hits);
    expect(plan).toMatchObject({
      delivery: 'bulk',
      lanes: 2,
      bulk_size: 200,
      seed: 1,
      timezone: 'Europe/Stockholm',
    });
    expect(plan.bytes / plan.hits).toBeGreaterThan(300);
    expect(plan.bytes / plan.hits).toBeLessThan(3_000);
  });

  it('counts a request for each hit where hits go one by one', async () => {
    const plan = await planned({ ...small, DELIVERY: 'single' });
    expect(plan.requests).toBe(plan.hits);
    expect(plan.bulk_size).toBeNull();
  });

  it('is a table for people', async () => {
    const { out } = await runHere(['backfill', '--dry-run'], { ...small, BACKFILL_SEED: 8 });
    expect(out).toMatch(/^This is what a backfill would send; nothing was sent\.\n/);
    expect(out).toContain('window   2025-10-23 to 2025-10-29, 7 days in Europe/Stockholm');
    expect(out).toMatch(/\n {2}2025-10-26 +\d+ +\d+\n/);
  });

  it('tells what is wrong with the window', async () => {
    const ran = await runHere(['backfill', '--dry-run', '--json'], quiet);
    expect([ran.code, errorsOf(ran).map(({ code }) => code)]).toEqual([
      2,
      ['backfill_window_missing'],
    ]);
    const future = { ...small, BACKFILL_END_DATE: '2034-01-01' };
    const late = await runHere(['backfill', '--dry-run', '--json'], future);
    expect([late.code, errorsOf(late)[0]?.code]).toEqual([2, 'backfill_window_in_future']);
  });

  it('plans a million visits in little memory', async () => {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const sets = {
      BACKFILL_START_DATE: '2023-01-01',
      BACKFILL_END_DATE: '2025-12-31',
      TARGET_VISITS_PER_DAY: 920,
      BACKFILL_MAX_VISITS_PER_DAY: 0,
      BACKFILL_MAX_VISITS_TOTAL: 1_000_000,
    };
    const args = Object.entries(sets).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    // Old space that holds what the program is made of and little more: growing would end it.
    const memory = '--max-old-space-size=72';
    const child = spawn(
      process.execPath,
      [memory, main, 'backfill', '--dry-run', '--json', ...args],
      {
        env: {},
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    const plan = backfillPlan.parse(JSON.parse(out));
    expect(plan.visits).toBe(1_000_000);
    expect(plan.hits).toBeGreaterThan(5_000_000);
    // A row a batch, less than 130 bytes each: the journal of a million visits.
    expect((plan.requests + 1_096) * 130).toBeLessThan(6_000_000);
  });
});
