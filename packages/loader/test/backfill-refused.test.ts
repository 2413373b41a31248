import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackfillGround, errorsOf, isTracking, viewToken } from './backfill-ground.ts';

let ground: BackfillGround;
beforeEach(async () => {
  ground = await BackfillGround.open();
});
afterEach(() => ground.close());

const badToken = 'b'.repeat(32);
const withToken = (token: string) =>
  ground.proxy.requests.filter(({ body, path }) => body.includes(token) || path.includes(token));
const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Maintenance</p>' };
const stateFiles = (extension: string) =>
  readdirSync(join(ground.directory, 'state')).filter((name) => name.endsWith(extension));

describe('before anything is sent', () => {
  it.each([
    ['a wrong token', { MATOMO_TOKEN_AUTH: badToken }, 3, 'token_refused'],
    ['a token that may only view', { MATOMO_TOKEN_AUTH: viewToken }, 3, 'token_lacks_rights'],
    [
      'such a token without countries',
      { MATOMO_TOKEN_AUTH: viewToken, RANDOMIZE_VISITOR_COUNTRIES: false },
      3,
      'token_lacks_rights',
    ],
    ['no token', { MATOMO_TOKEN_AUTH: '' }, 2, 'backfill_needs_token'],
    ['no target', { MATOMO_URL: '' }, 2, 'target_missing'],
    ['an unknown site', { MATOMO_SITE_ID: 7 }, 3, 'site_unknown'],
    ['nobody there', { MATOMO_URL: 'http://127.0.0.1:9/matomo.php' }, 3, 'target_unreachable'],
    ['a window in the future', { BACKFILL_END_DATE: '2099-01-01' }, 2, 'backfill_window_too_long'],
    [
      'a window that ends tomorrow',
      {
        BACKFILL_START_DATE: '',
        BACKFILL_END_DATE: '',
        BACKFILL_DAYS_BACK: 1,
        BACKFILL_DURATION_DAYS: 9,
      },
      2,
      'backfill_window_in_future',
    ],
    [
      'both forms of a window',
      { BACKFILL_DAYS_BACK: 3, BACKFILL_DURATION_DAYS: 2 },
      2,
      'backfill_window_twice',
    ],
    ['no window', { BACKFILL_START_DATE: '', BACKFILL_END_DATE: '' }, 2, 'backfill_window_missing'],
    ['half a window', { BACKFILL_END_DATE: '' }, 2, 'backfill_window_incomplete'],
    ['a date that is none', { BACKFILL_END_DATE: '2025-02-30' }, 2, 'date_invalid'],
  ] as const)('%s is told in a sentence with a remedy', async (_, changes, code, problem) => {
    const ran = await ground.run(changes);
    expect(ran.code).toBe(code);
    const errors = errorsOf(ran);
    expect(errors.map((error) => error.code)).toContain(problem);
    for (const { message, remedy } of errors) {
      expect(message).toMatch(/^[A-Z].*[.…]$/s);
      expect(remedy).toMatch(/^[A-Z].*\.$/s);
    }
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ran.out + ran.err).not.toContain(badToken);
    expect(ground.tracked).toEqual([]);
    expect(withToken(badToken).length).toBeLessThanOrEqual(1);
  });

  it('a tracker that shows its debug log is told: nobody could tell what it accepts', async () => {
    ground.fake.faults.set({ debug: true });
    const ran = await ground.run();
    expect([ran.code, errorsOf(ran)[0]?.code]).toEqual([3, 'tracker_debugs']);
    expect(ground.tracked).toEqual([]);
  });
});

describe('at the first request', () => {
  it('a wrong token that the Reporting API does not judge costs two requests and no more', async () => {
    ground.proxy.intercept = ({ path }) =>
      path.startsWith('/index.php') ? { status: 404, body: '' } : null;
    const { code, report } = await ground.report({
      MATOMO_TOKEN_AUTH: badToken,
      TIMEZONE: 'Europe/Stockholm',
    });
    expect([code, report.state]).toEqual([3, 'halted']);
    expect(report.exit_reason).toMatch(
      /^Matomo refuses the hits: the first of them .* write access/,
    );
    expect(withToken(badToken).filter(isTracking)).toHaveLength(1);
    expect(report.hits.done).toBe(0);
  });

  it.each([
    [
      'tracking that is off',
      () => ground.fake.faults.set({ tracking_off: true }),
      'Matomo counts no hit at all',
    ],
    [
      'retention',
      () => ground.fake.faults.set({ retention_days: 30 }),
      'Matomo refuses the hits: the first',
    ],
    [
      'a page instead of JSON',
      () => {
        ground.proxy.intercept = (request) => (isTracking(request) ? page : null);
      },
      'something else than Matomo’s counts',
    ],
    [
      'a Matomo without BulkTracking',
      () => {
        ground.proxy.intercept = (request) =>
          isTracking(request) ? { status: 400, body: '<p>' } : null;
      },
      'takes no bulk request (status 400). Activate the BulkTracking plugin',
    ],
  ] as const)('%s halts it with a sentence', async (_, prepare, sentence) => {
    prepare();
    const { code, report } = await ground.report();
    expect([code, report.state, report.exit_code]).toEqual([3, 'halted', 3]);
    expect(report.exit_reason).toContain(sentence);
    expect(ground.tracked).toHaveLength(1);
    expect(report.next_steps).toEqual([]);
  });
});

describe('the memory', () => {
  /** A backfill that is cut short after some requests. */
  async function begin() {
    ground.proxy.intercept = (request) =>
      isTracking(request) && ground.tracked.length > 6 ? page : null;
    const { report } = await ground.report();
    expect(report.state).toBe('halted');
    ground.proxy.intercept = () => null;
    return report;
  }

  it('of other settings is named, and kept until --restart', async () => {
    const begun = await begin();
    const sent = ground.tracked.length;
    const ran = await ground.run({ PAGEVIEWS_MAX: 9, BACKFILL_SEED: 4 });
    expect(ran.code).toBe(2);
    const [error] = errorsOf(ran);
    expect(error?.code).toBe('state_of_other_settings');
    expect(error?.message).toContain('(PAGEVIEWS_MAX, BACKFILL_SEED)');
    expect(ground.tracked).toHaveLength(sent);
    const restarted = await ground.report({ PAGEVIEWS_MAX: 9, BACKFILL_SEED: 4 }, ['--restart']);
    expect(restarted).toMatchObject({ code: 0, report: { state: 'finished', seed: 4 } });
    expect(restarted.report.run_id).not.toBe(begun.run_id);
  });

  it.each([
    ['cut off', (path: string) => truncateSync(path, 6_000)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['no database', (path: string) => writeFileSync(path, 'notes'.repeat(999))],
  ])('that is %s is told, and nothing is sent', async (_, damage) => {
    await begin();
    const sent = ground.tracked.length;
    damage(join(ground.directory, 'state', stateFiles('.sqlite')[0] ?? ''));
    const ran = await ground.run();
    expect([ran.code, errorsOf(ran)[0]?.code]).toEqual([2, 'state_unusable']);
    expect(errorsOf(ran)[0]?.remedy).toMatch(/[Rr]estore/);
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ground.tracked).toHaveLength(sent);
  });
});
