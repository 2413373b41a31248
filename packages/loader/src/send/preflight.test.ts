import { defaultSettings, type Problem, type Settings } from '@trafficinator/contract';
import { afterEach, describe, expect, it } from 'vitest';
import {
  likeMatomo,
  type Stub,
  type StubAnswer,
  startStub,
  trackerPage,
} from '../../test/stub-server.ts';
import { askTarget, type PreflightOptions, preflight } from './preflight.ts';

const usual: PreflightOptions = {
  ca: null,
  user_agent: 'Trafficinator/test',
  timeout_ms: 5_000,
  addresses: ['https://shop.example.test'],
};
const settingsFor = (matomo_url: string, more: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  timezone: 'Europe/Stockholm',
  matomo_url,
  ...more,
});
const token = 'a-token-that-must-not-show';
const withToken: Partial<Settings> = { matomo_token_auth: token };

const stubs: Stub[] = [];
async function stub(...parts: Parameters<typeof startStub>): Promise<Stub> {
  const started = await startStub(...parts);
  stubs.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((each) => each.close()));
});

/** Asks a stub that gives one answer to everything. */
async function ask(answer: StubAnswer, more: Partial<Settings> = {}): Promise<Problem[]> {
  const server = await stub(() => answer);
  return preflight(settingsFor(`${server.url}/matomo.php`, more), usual);
}

const html = (status: number, body: string, headers = {}): StubAnswer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body,
});

describe('asking the tracker', () => {
  it('sends one bare GET and finds nothing wrong with a Matomo', async () => {
    const server = await stub(() => trackerPage);
    expect(await preflight(settingsFor(`${server.url}/matomo.php`), usual)).toEqual([]);
    expect(server.requests).toMatchObject([{ method: 'GET', path: '/matomo.php', body: '' }]);
    expect(server.requests[0]?.headers['user-agent']).toBe('Trafficinator/test');
  });

  it('asks nobody without an address', async () => {
    expect(await preflight({ ...defaultSettings, matomo_url: null }, usual)).toEqual([]);
  });

  it.each([
    ['an empty yes', { status: 204 }],
    ['an image', { status: 200, headers: { 'content-type': 'image/gif' }, body: 'GIF89a' }],
    ['a 400, which decides nothing', html(400, 'no')],
  ] as const)('takes %s', async (_, answer) => {
    expect(await ask(answer)).toEqual([]);
  });

  it.each([
    [
      'another page',
      html(200, '<h1>Welcome to nginx!</h1>'),
      'warning',
      'target_not_a_tracker',
      /page/,
    ],
    [
      'nothing there',
      html(404, 'Matomo? Not here.'),
      'error',
      'target_not_a_tracker',
      /no tracker at/,
    ],
    ['a login', html(401, ''), 'error', 'target_not_a_tracker', /lets nobody in/],
    ['a firewall', html(403, ''), 'error', 'target_not_a_tracker', /lets nobody in/],
    ['an odd status', html(418, ''), 'error', 'target_not_a_tracker', /418/],
    ['a rate limit', html(429, ''), 'warning', 'target_refuses', /slow down/],
    ['a broken server', html(500, 'Matomo'), 'error', 'target_unreachable', /server error \(500\)/],
    ['maintenance', html(503, ''), 'error', 'target_unreachable', /server error \(503\)/],
  ] as const)('judges %s', async (_, answer, severity, code, message) => {
    const problems = await ask(answer);
    expect(problems).toMatchObject([{ severity, code, fields: ['matomo_url'] }]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).not.toBe('');
  });

  it('names where a redirect leads, without its query, and does not follow it', async () => {
    const server = await stub(() => html(301, '', { location: '/m/matomo.php?token=1' }));
    const [found] = await preflight(settingsFor(`${server.url}/matomo.php`, withToken), usual);
    expect(found).toMatchObject({ severity: 'error', code: 'target_not_a_tracker' });
    expect(found?.remedy).toContain(`MATOMO_URL=${server.url}/m/matomo.php if`);
    expect(server.requests).toHaveLength(1);
    expect(await ask(html(302, '', { location: 'javascript:alert(1)' }))).toMatchObject([
      { severity: 'error', remedy: expect.not.stringContaining('javascript') },
    ]);
  });
});

describe('asking the Reporting API', () => {
  const target = (server: Stub, more: Partial<Settings> = {}) =>
    settingsFor(`${server.url}/matomo.php`, { ...withToken, ...more });

  it('sends the token once, in the body, and learns what the site is', async () => {
    const server = await stub(likeMatomo());
    const { problems, facts } = await askTarget(target(server), usual);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({
      matomo_version: '5.2.0',
      site: { name: 'Shop', ecommerce: true, urls: ['https://shop.example.test'] },
      token_rights: 'more',
    });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /matomo.php',
      'POST /index.php',
    ]);
    expect(new URLSearchParams(server.requests[1]?.body).get('token_auth')).toBe(token);
    expect(
      JSON.stringify(server.requests.map(({ path, headers }) => [path, headers])),
    ).not.toContain(token);
  });

  it('is not asked when the tracker is not there, nor without a token', async () => {
    const broken = await stub(() => html(404, ''));
    await preflight(target(broken), usual);
    expect(broken.requests).toHaveLength(1);
    const open = await stub(likeMatomo());
    await preflight(target(open, { matomo_token_auth: null }), usual);
    expect(open.requests).toHaveLength(1);
  });

  it('leaves the site unchecked when nothing answers there', async () => {
    const server = await stub(likeMatomo({ bulk: 'cut' }));
    expect(await preflight(target(server), usual)).toMatchObject([
      { code: 'site_not_checked', severity: 'notice' },
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it('compares clocks', async () => {
    const date = new Date(Date.now() - 10_000).toUTCString();
    const server = await stub(() => ({ status: 200, headers: { date }, body: 'Matomo' }));
    expect(await preflight(settingsFor(server.url), usual)).toMatchObject([
      { code: 'clock_differs', severity: 'warning' },
    ]);
  });
});
