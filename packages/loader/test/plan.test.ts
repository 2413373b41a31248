import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { type Environment, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

const plan = async (environment: Environment, ...args: string[]) => {
  const { code, out, err } = await yard.run(environment, ['plan', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

describe.concurrent('a plan', () => {
  it('is the same to the byte, whenever and at whatever rate it is made', async () => {
    const asked = ['--visits', '50', '--format', 'jsonl'];
    const [one, two, other] = await Promise.all([
      plan({ SEED: 11 }, ...asked),
      plan({ SEED: 11 }, ...asked),
      plan({ SEED: 11, CONCURRENCY: 3, TARGET_VISITS_PER_DAY: 777, MAX_VISITS: 5 }, ...asked),
    ]);
    expect(two).toBe(one);
    expect(other).toBe(one);
    expect(one.trimEnd().split('\n').length).toBe(50);
    expect(await plan({ SEED: 12 }, ...asked)).not.toBe(one);
  });

  it('of a seed stays what it was: settings that are added change no visit', async () => {
    const out = await plan({}, '--visits', '2000', '--format', 'jsonl');
    expect(createHash('sha256').update(out).digest('hex')).toBe(
      'd48678e87502a2b9188888790945a05026182d08578fbc5991fbe3d15e4aa471',
    );
  });

  it('shows channel, campaign, country and city in its table', async () => {
    const token = { MATOMO_URL: 'https://m.test.lan', MATOMO_TOKEN_AUTH: 'c0ffee' };
    const out = await plan(
      {
        ...token,
        DIRECT_TRAFFIC_PROBABILITY: 0.2,
        CHANNELS: 'search:1,campaign:1,ai:1',
        CAMPAIGNS: 'autumn',
        COUNTRIES: 'SE,NZ',
        CITIES: true,
        IPV6_SHARE: 0.5,
      },
      '--visits',
      '200',
    );
    const heads = out.split('\n').filter((line) => line.startsWith('visit '));
    expect(heads.length).toBe(200);
    const came = / {2}(direct|search https:\/\/\S+\/|ai https:\/\/\S+\/|campaign autumn)$/;
    const where = / {2}[\p{L} ]+ \((se|nz)\) [0-9a-f.:]+ {2}/u;
    for (const head of heads) expect(head).toMatch(where);
    const ways = new Set(heads.map((head) => came.exec(head)?.[1]?.split(' ')[0]));
    expect(ways).toEqual(new Set(['direct', 'search', 'ai', 'campaign']));
    expect(out).toMatch(/pageview +https:\/\/\S+\?mtm_campaign=autumn /);
  });

  it('of a day has its volume, its hours and its bursts', async () => {
    const campaigns = [
      { name: 'sale', bursts: [{ from: '2026-11-27', to: '2026-11-28', share: 1 }] },
    ];
    const settings = {
      CAMPAIGNS: JSON.stringify(campaigns),
      SPIKES: '2026-11-27:3',
      HOLIDAYS: '11-26',
      SEASON: 'nov:2',
      TARGET_VISITS_PER_DAY: 1_000,
      TIMEZONE: 'America/New_York',
    };
    const days = await plan(settings, '--day', '2026-11-26', '--days', '3');
    const season = (2 * 365) / 395;
    const expected = [0.5, 3, 1].map((level) => 1_000 * season * level);
    const rows = await plan(settings, '--day', '2026-11-26', '--days', '3', '--format', 'jsonl');
    const read = rows
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const [n, { visits }] of read.entries()) {
      expect(Math.abs(visits - (expected[n] ?? 0))).toBeLessThan(1);
    }
    expect(read.map(({ holiday, bursts }) => [holiday, bursts.length])).toEqual([
      [true, 0],
      [false, 1],
      [false, 1],
    ]);
    expect(days).toMatch(/2026-11-26 +924 +× 0.92 {2}Thursday, holiday\n/);
    expect(days).toMatch(/2026-11-27 +5,54[45] +× 5.54 {2}Friday, sale 100 %\n/);
    const visits = await plan(settings, '--day', '2026-11-27', '--visits', '30');
    expect(visits.match(/^visit .*campaign sale$/gm)).toHaveLength(30);
    const eve = await plan(settings, '--day', '2026-11-26', '--visits', '30', '--format', 'jsonl');
    expect(eve).not.toContain('mtm_campaign');
    expect(eve.match(/"site_day":"2026-11-26"/g)).toHaveLength(30);
    const wrong = await yard.run({}, ['plan', '--day', '2026-02-29']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('It is not a date.')]);
  });

  it('may begin anywhere', async () => {
    const [all, rest] = await Promise.all([
      plan({ SEED: 11 }, '--visits', '30', '--format', 'jsonl'),
      plan({ SEED: 11 }, '--visits', '10', '--from', '20', '--format', 'jsonl'),
    ]);
    expect(rest).toBe(`${all.trimEnd().split('\n').slice(20).join('\n')}\n`);
  });

  it('as curl commands it masks the token', async () => {
    const token = 'c0ffee5ec2e7a1b2c3d4e5f60718293a';
    const target = { MATOMO_URL: 'http://127.0.0.1:9', MATOMO_TOKEN_AUTH: token };
    const { code, out, err } = await yard.run(target, ['plan', '--format', 'curl']);
    expect(code).toBe(0);
    expect(out + err).not.toContain(token);
    expect(out).toContain('token_auth=***');
    for (const line of out.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# visit \d+|curl -sS 'http:\/\/127\.0\.0\.1:9\/matomo\.php' --data '[^']+')$/,
      );
    }
  });

  it('does not mind a reader that has seen enough', async () => {
    const loader = yard.start({}, ['plan', '--visits', '20000', '--format', 'jsonl']);
    loader.child.stdout?.once('data', () => loader.child.stdout?.destroy());
    const { code, err } = await loader.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

it('a demo finds recorded what it planned', async () => {
  const { code, out } = await yard.run({}, ['demo', '--visits', '200', '--seed', '7', '--json']);
  const result = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
  expect(code).toBe(0);
  expect(result.equal).toBe(true);
  expect(result.recorded).toEqual(result.planned);
  expect(result.planned.visits).toBeGreaterThanOrEqual(200);
  expect(result.visits.delivered).toBe(200);
});
