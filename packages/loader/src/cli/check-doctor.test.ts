import { DEMO_TOKEN, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterEach, describe, expect, it } from 'vitest';
import { hastyClock } from '../../test/filled-site.ts';
import { likeMatomo, startStub } from '../../test/stub-server.ts';
import { exampleFile } from '../testing/funnel-material.ts';
import { type CheckFlags, runCheck } from './check.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function standIn(options: Parameters<typeof startFakeMatomo>[0] = {}): Promise<FakeMatomo> {
  const matomo = await startFakeMatomo(options);
  open.push(matomo);
  return matomo;
}

interface Told {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string | null;
  readonly consequence?: string | null;
  readonly value?: unknown;
  readonly text?: string;
}

async function check(set: readonly string[], flags: CheckFlags = {}) {
  const stdout: string[] = [];
  const exitCode = await runCheck(
    { json: true, ...flags, set: ['MAX_VISITS=5', ...set] },
    {
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: () => {} },
      clock: hastyClock(),
    },
  );
  const report = JSON.parse(stdout.join(''));
  const all: Told[] = [...report.errors, ...report.warnings, ...report.notices];
  return {
    exitCode,
    report,
    codes: all.map(({ code }) => code),
    problem: (code: string) => all.find((found) => found.code === code),
    finding: (name: string) => report.findings.find((found: Told) => found.name === name) as Told,
  };
}

const at = (matomo: FakeMatomo, ...more: readonly string[]) => [
  `MATOMO_URL=${matomo.tracker_url}`,
  `MATOMO_TOKEN_AUTH=${DEMO_TOKEN}`,
  ...more,
];
/** Thirty days back: old enough to need a token, not too old for anything. */
const window = ['BACKFILL_DAYS_BACK=30', 'BACKFILL_DURATION_DAYS=30'];

describe('what a Matomo is set to', () => {
  it('is told with what follows from it', async () => {
    const { report, finding, codes } = await check(at(await standIn()));
    expect(codes).toEqual([]);
    expect(report.target).toMatchObject({
      plugins: { BulkTracking: true, QueuedTracking: false, Live: true },
      goals: [{ idgoal: 1, name: 'Newsletter', match_attribute: 'manually' }],
      custom_dimensions: [],
      old_hit: null,
    });
    expect(finding('plugin_BulkTracking')).toMatchObject({ value: true, remedy: null });
    expect(finding('plugin_QueuedTracking').text).toBe(
      'off: hits are recorded when Matomo says yes',
    );
    expect(finding('goals')).toMatchObject({ value: 1, text: '1 Newsletter (manually)' });
    expect(finding('custom_dimensions')).toMatchObject({ value: 0, text: 'none' });
    expect(finding('site_created').text).toBe('2020-01-01 00:00:00 UTC');
    for (const found of report.findings) {
      expect(found).toEqual({
        name: expect.any(String),
        label: expect.any(String),
        value: expect.anything(),
        text: expect.any(String),
        consequence: found.consequence === null ? null : expect.any(String),
        remedy: found.remedy === null ? null : expect.any(String),
      });
    }
  });

  it.each([
    ['BulkTracking', false, 'plugin_off', 'DELIVERY=single'],
    ['Live', false, 'plugin_off', 'ON_UNKNOWN'],
    ['Goals', false, 'plugin_off', 'ECOMMERCE_PROBABILITY=0'],
    ['Ecommerce', false, 'plugin_off', 'ECOMMERCE_PROBABILITY=0'],
    ['QueuedTracking', true, 'plugin_interferes', 'queuedtracking:process'],
    ['TrackingSpamPrevention', true, 'plugin_interferes', 'clouds'],
  ])('%s that is %s is a warning', async (name, active, code, remedy) => {
    const matomo = await standIn({ plugins: { [name]: active } });
    const { exitCode, problem, finding } = await check(at(matomo));
    expect(exitCode).toBe(0);
    expect(problem(code)?.message).toContain(`The plugin ${name} is ${active ? 'on' : 'off'}: `);
    expect(problem(code)?.remedy).toContain(remedy);
    expect(finding(`plugin_${name}`).remedy).toBe(problem(code)?.remedy);
  });

  it.each([
    ['Ecommerce', false, 'ECOMMERCE_PROBABILITY=0'],
    ['BulkTracking', false, 'DELIVERY=single'],
    ['CustomDimensions', false, 'LOG_LEVEL=INFO'],
    ['MarketingCampaignsReporting', true, 'LOG_LEVEL=INFO'],
  ])('%s that is %s does not matter with %s', async (name, active, setting) => {
    const matomo = await standIn({ plugins: { [name]: active } });
    const { codes, finding } = await check(at(matomo, setting));
    expect(codes).toEqual([]);
    expect(finding(`plugin_${name}`)).toMatchObject({ value: active, remedy: null });
  });

  it.each([
    ['Ecommerce', 'ecommerce-purchase', 'take the ecommerce steps out'],
    ['Goals', 'ecommerce-purchase', 'take the ecommerce steps out'],
    ['Ecommerce', 'lead-generation', null],
  ])('%s that is off matters as the funnels of %s do', async (name, template, remedy) => {
    const matomo = await standIn({ plugins: { [name]: false } });
    const funnels = `FUNNEL_CONFIG_PATH=${exampleFile(`funnels/${template}.json`)}`;
    const { problem } = await check(at(matomo, 'ECOMMERCE_PROBABILITY=0', funnels));
    if (remedy === null) expect(problem('plugin_off')).toBeUndefined();
    else expect(problem('plugin_off')?.remedy).toContain(remedy);
    expect(problem('plugin_off')?.remedy ?? '').not.toContain('ECOMMERCE_PROBABILITY');
  });

  it('is left out where Matomo does not tell', async () => {
    const stub = await startStub(likeMatomo({ doctor: { status: 500, body: 'oops' } }));
    open.push(stub);
    const { report } = await check([`MATOMO_URL=${stub.url}/matomo.php`, 'MATOMO_TOKEN_AUTH=x']);
    expect(report.target).toMatchObject({ plugins: null, goals: null, custom_dimensions: null });
  });
});

describe('a tracker that debugs', () => {
  it('is found out before any hit is sent', async () => {
    const matomo = await standIn();
    matomo.faults.set({ debug: true });
    const { exitCode, codes } = await check(at(matomo));
    expect(exitCode).toBe(3);
    expect(codes).toEqual(['tracker_debugs']);
    expect(matomo.store.visits(1)).toHaveLength(0);
  });
});

describe('a hit of the past', () => {
  it('is sent in bulk when the settings name a window, and found on its day', async () => {
    const matomo = await standIn();
    const { exitCode, report, finding } = await check(at(matomo, ...window));
    expect(exitCode).toBe(0);
    expect(matomo.stats().bulk_requests).toBe(1);
    expect(report.target.old_hit).toMatchObject({ outcome: 'accepted', recorded: true });
    const visits = matomo.store.visits(1);
    expect(visits).toHaveLength(2);
    const old = visits.find((visit) => visit.visitor_id === report.target.old_hit.visitor_id);
    const days = (Date.now() - (old?.first_action_ms ?? 0)) / 86_400_000;
    expect(Math.round(days)).toBeGreaterThanOrEqual(29);
    expect(Math.round(days)).toBeLessThanOrEqual(31);
    expect(finding('old_hit').text).toContain(
      `one of ${report.target.old_hit.day} was accepted in bulk and recorded on that day`,
    );
  });

  it('is sent for --backfill without a window, and not without a token', async () => {
    const matomo = await standIn();
    const { report } = await check(at(matomo), { backfill: true });
    expect(report.target.old_hit?.outcome).toBe('accepted');
    const bare = await check([`MATOMO_URL=${matomo.tracker_url}`, ...window]);
    expect(bare.report.target.old_hit).toBeNull();
    const asked = await check([`MATOMO_URL=${matomo.tracker_url}`], { backfill: true });
    expect(asked.exitCode).toBe(2);
    expect(asked.codes).toContain('backfill_needs_token');
  });

  it('goes with the rules of a backfill', async () => {
    const matomo = await standIn();
    const reversed = ['BACKFILL_START_DATE=2025-02-02', 'BACKFILL_END_DATE=2025-02-01'];
    expect((await check(at(matomo, ...reversed))).exitCode).toBe(0);
    const { exitCode, codes } = await check(at(matomo, ...reversed), { backfill: true });
    expect(exitCode).toBe(2);
    expect(codes).toContain('backfill_window_reversed');
    expect(matomo.stats().bulk_requests).toBe(0);
  });

  it.each([
    ['refused: old raw data is deleted', { retention_days: 20 }, 'old_hits_refused', 3, 'refused'],
    ['queued', { queue: { delay_ms: 600_000 } }, 'plugin_interferes', 0, 'queued'],
    ['rolled back', { rollback: {} }, 'target_refuses', 3, 'not_told'],
  ])('is %s', async (_, faults, code, exit, outcome) => {
    const matomo = await standIn();
    matomo.faults.set(faults);
    const { exitCode, problem, report } = await check(at(matomo, ...window));
    expect(exitCode).toBe(exit);
    expect(report.target.old_hit.outcome).toBe(outcome);
    expect(problem(code)?.remedy).toBeTruthy();
  });

  it('is not sent where one of now is refused', async () => {
    const matomo = await standIn();
    const { exitCode, report } = await check(at(matomo, ...window, 'MATOMO_SITE_ID=9'));
    expect(exitCode).toBe(3);
    expect(report.target.old_hit).toBeNull();
    expect(matomo.stats().bulk_requests).toBe(0);
  });
});

describe('several targets', () => {
  it('are each asked and sent a visit', async () => {
    const [one, other] = [await standIn(), await standIn()];
    const targets = JSON.stringify(
      [one, other].map((matomo, at) => ({
        name: `m${at}`,
        url: matomo.tracker_url,
        site_id: 1,
        token_auth: DEMO_TOKEN,
      })),
    );
    const { exitCode, report } = await check([`TARGETS=${targets}`]);
    expect(exitCode).toBe(0);
    expect(report.targets.map((target: { name: string }) => target.name)).toEqual(['m0', 'm1']);
    expect(one.store.visits(1)).toHaveLength(1);
    expect(other.store.visits(1)).toHaveLength(1);
    expect(JSON.stringify(report)).not.toContain(DEMO_TOKEN);
  });
});
