import { defaultSettings, type Settings } from '@trafficinator/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { likeMatomo, type Stub, startStub, usualSite } from '../../test/stub-server.ts';
import { Failure } from '../edge/failure.ts';
import { askForBackfill, onlyTarget } from './target.ts';

const now_ms = Date.UTC(2026, 5, 10, 12);
const stubs: Stub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.close()));
});

async function ask(
  parts: Parameters<typeof likeMatomo>[0],
  clock_ms = now_ms,
  changes: Partial<Settings> = {},
) {
  const like = likeMatomo(parts);
  const stub = await startStub((request) => {
    const answer = like(request);
    if (typeof answer === 'string') return answer;
    return { ...answer, headers: { ...answer.headers, date: new Date(now_ms).toUTCString() } };
  });
  stubs.push(stub);
  const settings = {
    ...defaultSettings,
    matomo_url: `${stub.url}/matomo.php`,
    matomo_token_auth: 'secret',
    ...changes,
  };
  return askForBackfill(settings, null, ['https://shop.example.test'], () => clock_ms);
}
const failureOf = async (asking: Promise<unknown>) => {
  const error = await asking.catch((e: unknown) => e);
  if (error instanceof Failure) return error.problems;
  throw new Error(`no failure: ${String(error)}`);
};

describe('asking the target before a backfill', () => {
  it('tells the site’s zone, and what is past by Matomo’s clock for sure', async () => {
    const asked = await ask({});
    expect(asked.zone).toBe('Europe/Stockholm');
    expect(asked.cut_ms).toBe(now_ms - 2_000);
  });

  it('plans nothing into Matomo’s future when this clock is ahead', async () => {
    const { cut_ms } = await ask({}, now_ms + 90_000);
    expect(cut_ms).toBeLessThanOrEqual(now_ms);
    expect(cut_ms).toBeGreaterThan(now_ms - 4_000);
  });

  it('understands a site with a fixed offset', async () => {
    expect((await ask({ site: { ...usualSite, timezone: 'UTC+5.5' } })).zone).toBe('UTC+5:30');
  });

  it.each([
    [
      'is unknown here',
      { site: { ...usualSite, timezone: 'Mars/Olympus' } },
      '(Mars/Olympus) is unknown',
    ],
    ['cannot be asked', { bulk: { status: 500, body: '<html>' } }, 'could not be asked'],
  ] as const)('takes TIMEZONE where the zone %s, with a warning', async (_, parts, why) => {
    const asked = await ask(parts, now_ms, { timezone: 'Asia/Tokyo' });
    expect(asked.zone).toBe('Asia/Tokyo');
    const warning = asked.problems.find(({ message }) => message.includes(why));
    expect(warning).toMatchObject({ severity: 'warning', fields: ['timezone'] });
  });

  it.each([true, false])(
    'refuses a token that may only view, with countries or without (%s)',
    async (countries) => {
      const problems = await failureOf(
        ask({ viewOnly: [1] }, now_ms, { randomize_visitor_countries: countries }),
      );
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({
        code: 'token_lacks_rights',
        severity: 'error',
        value: '***',
      });
    },
  );

  it('refuses a wrong token', async () => {
    const problems = await failureOf(ask({ bulk: { status: 401, body: '<html>' } }));
    expect(problems.map(({ code }) => code)).toEqual(['token_refused']);
  });
});

describe('the only target', () => {
  const target = (name: string, more: object = {}) => ({
    name,
    url: `https://${name}.test`,
    site_id: 3,
    token_auth: `t-${name}`,
    ...more,
  });
  const of = (...targets: object[]) =>
    onlyTarget({
      ...defaultSettings,
      targets: JSON.stringify(targets),
      matomo_token_auth: 'not-this',
    });

  it('is that of MATOMO_URL', () => {
    const settings = {
      ...defaultSettings,
      matomo_url: 'https://a.test/matomo.php',
      matomo_token_auth: 't',
    };
    expect(onlyTarget(settings).settings).toMatchObject({
      matomo_url: 'https://a.test/matomo.php',
      matomo_token_auth: 't',
      matomo_site_id: 1,
    });
  });

  it('may be the one that is enabled in a list, with its own site, token, delivery and features', () => {
    const { target: found, settings } = of(
      target('off', { enabled: false }),
      target('on', { delivery: 'single', features: { countries: false } }),
    );
    expect(found.name).toBe('on');
    expect(settings).toMatchObject({
      matomo_url: 'https://on.test/matomo.php',
      matomo_site_id: 3,
      matomo_token_auth: 't-on',
      delivery: 'single',
      randomize_visitor_countries: false,
    });
  });

  it('must be one', () => {
    expect(() => of(target('a'), target('b'))).toThrow(
      'There are 2 targets (a, b), and this looks at one.',
    );
  });
});
