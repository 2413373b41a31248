import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_TOKEN, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { likeMatomo, type Stub, type StubAnswer, startStub } from '../../test/stub-server.ts';
import type { Clock } from '../pace/clock.ts';
import { type CheckFlags, runCheck } from './check.ts';

/** A clock whose waits are over at once. */
const hasty: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (_, callback) => setImmediate(callback),
  cancel: (timer) => clearImmediate(timer as NodeJS.Immediate),
};

async function check(settings: readonly string[], flags: CheckFlags = {}) {
  const stdout = collector();
  const stderr = collector();
  const exitCode = await runCheck({ ...flags, set: settings }, { stdout, stderr, clock: hasty });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function collector() {
  const parts: string[] = [];
  return { write: (part: string) => parts.push(part), text: () => parts.join('') };
}

async function checkJson(settings: readonly string[], flags: CheckFlags = {}) {
  const { exitCode, stdout, stderr } = await check(settings, { ...flags, json: true });
  expect(stdout.trimEnd()).not.toContain('\n');
  const report = JSON.parse(stdout);
  expect(report.exit_code).toBe(exitCode);
  expect(report.ok).toBe(exitCode === 0);
  const codes = (group: string): string[] =>
    report[group].map((found: { code: string }) => found.code);
  return { report, codes, stdout, stderr };
}

/** The stand-in's zone and currency are the defaults of the settings. */
let matomo: FakeMatomo;
beforeAll(async () => {
  matomo = await startFakeMatomo();
});
afterAll(() => matomo.close());
beforeEach(() => matomo.reset());

const stubs: Stub[] = [];
async function stubUrl(...parts: Parameters<typeof likeMatomo>): Promise<string> {
  const stub = await startStub(likeMatomo(...parts));
  stubs.push(stub);
  return `MATOMO_URL=${stub.url}/matomo.php`;
}
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.close()));
});

const at = () => [`MATOMO_URL=${matomo.tracker_url}`, 'MAX_VISITS=5'];
const withToken = (token = DEMO_TOKEN) => [...at(), `MATOMO_TOKEN_AUTH=${token}`];

describe('a target that works', () => {
  it('gets one marked visit, which is found again', async () => {
    const { exitCode, stdout, stderr } = await check(withToken());
    expect(exitCode).toBe(0);
    const visits = matomo.store.visits(1);
    expect(visits).toHaveLength(1);
    expect(visits[0]?.actions).toHaveLength(1);
    expect(stdout).toContain(`accepted and recorded: visitor ${visits[0]?.visitor_id}`);
    expect(stdout).toContain('5.2.0');
    expect(stdout).toContain('Valid: 0 errors, 0 warnings, 0 notices.');
    expect(stdout).toContain('One marked visit was sent');
    expect(stderr).toContain('Sending one visit to site 1, titled “Trafficinator check (probe)”');
  });

  it('is described in one line of JSON, which shows no token', async () => {
    const { report, stdout, stderr } = await checkJson(withToken());
    expect(Object.keys(report)).toEqual([
      'ok',
      'exit_code',
      'errors',
      'warnings',
      'notices',
      'findings',
      'target',
      'targets',
      'settings',
    ]);
    expect(report.target).toMatchObject({
      url: matomo.tracker_url,
      site_id: 1,
      site: { timezone: 'CET', currency: 'SEK' },
      probe: { outcome: 'accepted', recorded: true },
    });
    expect(report.findings.map((found: { name: string }) => found.name)).toContain('probe');
    expect(report.settings.matomo_token_auth).toBe('***');
    expect(stdout + stderr).not.toContain(DEMO_TOKEN);
  });

  it('is enough without a token, with a warning', async () => {
    const { report, codes } = await checkJson(at());
    expect(report.ok).toBe(true);
    expect(codes('warnings')).toEqual(['no_token_degraded']);
    expect(report.target).toMatchObject({ site: null, probe: { recorded: null } });
    expect(matomo.store.visits(1)).toHaveLength(1);
  });

  it('may differ from the settings, which is told', async () => {
    const odd = [...withToken(), 'ECOMMERCE_CURRENCY=EUR', 'TIMEZONE=UTC', 'MAX_VISITS_PER_DAY=9'];
    const { report, codes } = await checkJson(odd);
    expect(report.ok).toBe(true);
    expect(codes('warnings')).toEqual(['site_differs', 'site_differs']);
  });
});

describe('a target that does not work', () => {
  it.each([
    ['a wrong token', () => withToken('0'.repeat(32)), 'token_refused', null],
    ['an unknown site', () => [...withToken(), 'MATOMO_SITE_ID=7'], 'site_unknown', null],
    [
      'an unknown site without a token',
      () => [...at(), 'MATOMO_SITE_ID=7'],
      'target_refuses',
      'rejected',
    ],
    ['no Matomo', () => [`MATOMO_URL=${matomo.url}/elsewhere.php`], 'target_not_a_tracker', null],
    ['nobody', () => ['MATOMO_URL=http://does-not-exist.invalid'], 'target_unreachable', null],
  ] as const)('%s ends with 3', async (_, settings, code, outcome) => {
    const { report, codes } = await checkJson(settings());
    expect(report.exit_code).toBe(3);
    expect(codes('errors')).toEqual([code]);
    expect(report.target.probe?.outcome ?? null).toBe(outcome);
    expect(matomo.store.visits(1)).toHaveLength(0);
  });

  it('says so to people, and that nothing was sent', async () => {
    const { exitCode, stdout } = await check(withToken('0'.repeat(32)));
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^Errors\n {2}• Matomo refuses the token/);
    expect(stdout).toContain('Not valid: 1 error, 0 warnings, 0 notices.');
    expect(stdout).toContain('no visit was sent');
    expect(stdout).not.toContain('0'.repeat(32));
  });

  it.each([
    ['a refusal with token', { status: 400 }, 'target_refuses', 'no write access'],
    ['another refusal', { status: 403 }, 'target_refuses', 'status 403'],
    [
      'a page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Welcome' },
      'target_not_a_tracker',
      'a page instead of an image',
    ],
    [
      'a debug log',
      { status: 200, headers: { 'content-type': 'text/html' }, body: 'DEBUG: Debug enabled - ' },
      'tracker_debugs',
      'its debug log',
    ],
    ['a cut', 'cut', 'target_unreachable', 'closed the connection'],
  ] as const)('explains %s of the probe', async (_, hit, code, message) => {
    const { report, codes } = await checkJson([await stubUrl({ hit }), 'MATOMO_TOKEN_AUTH=secret']);
    expect(report.exit_code).toBe(3);
    expect(codes('errors')).toEqual([code]);
    expect(report.errors[0].message).toContain(message);
  });
});

describe('the visitor log', () => {
  const json = (value: unknown): StubAnswer => ({ status: 200, body: JSON.stringify(value) });
  const probed = async (visits: StubAnswer) => {
    const url = await stubUrl({ visits });
    return checkJson([url, 'MATOMO_TOKEN_AUTH=secret', 'MAX_VISITS=5']);
  };

  it('without the visit is a warning, after a few looks', async () => {
    const { report, codes } = await probed(json([]));
    expect(report.ok).toBe(true);
    expect(codes('warnings')).toEqual(['probe_not_recorded']);
    expect(report.target.probe).toMatchObject({ outcome: 'accepted', recorded: false });
    const looks = stubs[0]?.requests.filter(({ body }) => body.includes('getLastVisitsDetails'));
    expect(looks).toHaveLength(5);
    expect(stubs[0]?.requests.filter(({ body }) => body.includes('cid='))).toHaveLength(1);
  });

  it('with another visitor only is the same', async () => {
    const { codes } = await probed(json([{ visitorId: '0'.repeat(16) }]));
    expect(codes('warnings')).toEqual(['probe_not_recorded']);
  });

  it.each([
    ['an error', json({ result: 'error', message: 'The plugin Live is off.' }), 'Live is off'],
    ['a page', { status: 500, body: '<html>' }, 'status 500'],
    ['another shape', json({ a: 1 }), 'no list of visits'],
    ['silence', 'cut', 'no answer'],
  ] as const)('that cannot be read (%s) is a notice', async (_, visits, why) => {
    const { report, codes } = await probed(visits);
    expect(report.ok).toBe(true);
    expect(codes('notices')).toEqual(['probe_not_looked_up']);
    expect(report.notices[0].message).toContain(why);
    expect(report.target.probe.recorded).toBeNull();
  });
});

describe('settings and files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('end with 2 when they are wrong, all at once, and the target is not asked', async () => {
    const urls = join(folder, 'urls.txt');
    writeFileSync(urls, 'no url at all\n');
    const { report, codes } = await checkJson([
      ...withToken(),
      'CONCURRENCY=many',
      `URLS_FILE=${urls}`,
      'TLS_CA_FILE=/does/not/exist.pem',
    ]);
    expect(report.exit_code).toBe(2);
    expect(codes('errors')).toContain('setting_not_a_number');
    expect(codes('errors')).toContain('urls_file_unusable');
    expect(codes('errors')).toContain('tls_ca_unusable');
    expect(report.target).toBeNull();
    expect(matomo.store.visits(1)).toHaveLength(0);
  });

  it('need an address to be asked, and none to be checked', async () => {
    expect((await checkJson([])).codes('errors')).toEqual(['target_missing']);
    const { report, codes } = await checkJson([], { skipConnection: true });
    expect(report.exit_code).toBe(0);
    expect(codes('notices')).toContain('target_missing');
    expect(report.target).toBeNull();
  });

  it('are all that is checked with --skip-connection', async () => {
    const { exitCode, stdout, stderr } = await check(withToken(), { skipConnection: true });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('not asked (--skip-connection)');
    expect(stderr).toBe('');
    expect(matomo.store.visits(1)).toHaveLength(0);
  });

  it('show how many pages there are, and where from', async () => {
    const urls = join(folder, 'two.txt');
    writeFileSync(urls, 'https://a.example.test/\tHome\nhttps://a.example.test/b\tB\n');
    const { stdout } = await check([`URLS_FILE=${urls}`], { skipConnection: true });
    expect(stdout).toContain(`2 from ${urls}`);
  });
});
