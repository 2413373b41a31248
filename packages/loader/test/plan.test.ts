import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { planSummary } from '@trafficinator/contract';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { afterAll, describe, expect, it } from 'vitest';
import { type Environment, Yard } from './loader-process.ts';

const yard = new Yard();
afterAll(() => yard.close());

const plan = async (environment: Environment, ...args: string[]) => {
  const { code, out, err } = await yard.run(environment, ['plan', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

/** The rows of a CSV text by RFC 4180. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

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
      'd3e03721415c2f6371628f13feaf9fc59fd0e350bd3f30748538bb215aa9a5bc',
    );
  });

  it('is the same on every machine with everything switched on', async () => {
    const everything = {
      SEED: 1,
      JOURNEY_SHARE: 0.4,
      RETURNING_VISITOR_SHARE: 0.4,
      USER_ID_SHARE: 0.3,
      NEGATIVE_TRAFFIC: 'bots:0.02',
      IPV6_SHARE: 0.2,
      CITIES: true,
      MATOMO_TOKEN_AUTH: 'x',
    };
    const out = await plan(everything, '--visits', '3000', '--from', '50000', '--format', 'jsonl');
    expect(createHash('sha256').update(out).digest('hex')).toBe(
      'f32266538ea53f14042c2d55aa368cd3c37ca5f22aedb149a7edfc1e5a32219c',
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

  it('as curl commands it is run as it stands, and the token comes from the environment', async () => {
    const token = 'c0ffee5ec2e7a1b2c3d4e5f60718293a';
    const matomo = yard.keep(await startFakeMatomo({ token }));
    const target = { MATOMO_URL: matomo.url, MATOMO_TOKEN_AUTH: token };
    const asked = ['plan', '--visits', '3', '--format', 'curl'];
    const { code, out, err } = await yard.run(target, asked);
    expect(code).toBe(0);
    expect(out + err).not.toContain(token);
    const lines = out.trimEnd().split('\n');
    expect(
      lines.filter((line) => !/^(# visit \d+|curl -sS .*"\$MATOMO_TOKEN_AUTH")$/.test(line)),
    ).toEqual([]);
    const env = { PATH: '/usr/bin:/bin', MATOMO_TOKEN_AUTH: token };
    await promisify(execFile)('/bin/sh', ['-e', '-c', out], { env });
    const { hits_recorded, refused } = matomo.stats();
    expect({ hits_recorded, refused }).toEqual({
      hits_recorded: lines.filter((line) => line.startsWith('curl')).length,
      refused: {},
    });
  });

  it('as CSV it has a row for each hit and says what the lines of JSON say', async () => {
    const asked = ['--visits', '60'];
    const pages = ['a\tSay “yes”, "no" or ""', 'b\t"', 'c\t,,', 'd\tplain'];
    const text = pages.map((page) => `https://shop.example.test/${page}`).join('\n');
    writeFileSync(yard.path('urls.txt'), text);
    const settings = { SEED: 5, URLS_FILE: yard.path('urls.txt') };
    const [csv, jsonl] = await Promise.all([
      plan(settings, ...asked, '--format', 'csv'),
      plan(settings, ...asked, '--format', 'jsonl'),
    ]);
    expect(csv.endsWith('\r\n')).toBe(true);
    const [head, ...rows] = rowsOf(csv);
    const column = (name: string) => head?.indexOf(name) ?? -1;
    const hits = jsonl
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .flatMap(({ visit, hits: its }) => its.map((hit: object) => ({ visit, ...hit })));
    expect(rows).toHaveLength(hits.length);
    for (const [at, row] of rows.entries()) {
      expect(row).toHaveLength(head?.length ?? 0);
      const { visit, kind, offset_ms, params } = hits[at];
      const said = ['visit', 'kind', 'offset_ms'].map((name) => row[column(name)]);
      expect(said).toEqual([String(visit), kind, String(offset_ms)]);
      const query = new URLSearchParams(row[column('query')]);
      expect(Object.fromEntries(query)).toEqual(params);
      expect(row[column('title')]).toBe(params.action_name ?? row[column('title')]);
    }
  });

  it('of many visits is counted, and is what was asked for', async () => {
    const out = await plan({ SEED: 3 }, '--summary', '--visits', '20000', '--json');
    const summary = planSummary.parse(JSON.parse(out));
    expect(summary.visits).toBe(20_000);
    expect(summary.sections.flatMap(({ rows }) => rows.filter(({ off }) => off))).toEqual([]);
    const text = await plan({ SEED: 3 }, '--summary', '--visits', '20000');
    expect(text).toContain('Every share is what was asked for, give or take chance.');
    expect(text).toMatch(/^ {2}smartphone +50\.00 % +\d\d\.\d\d % +[\d,]+ +\d\.\d σ █+$/m);
  });

  it('of a backfill is counted in its window', async () => {
    const window = { BACKFILL_START_DATE: '2026-03-01', BACKFILL_END_DATE: '2026-03-03' };
    const out = await plan(
      { ...window, TARGET_VISITS_PER_DAY: 100, TIMEZONE: 'Europe/Stockholm' },
      '--summary',
      '--json',
    );
    const { calendar, visits } = planSummary.parse(JSON.parse(out));
    expect(calendar.kind).toBe('backfill');
    expect(calendar.days.map(({ date }) => date)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
    ]);
    expect(calendar.days.reduce((sum, { planned }) => sum + (planned ?? 0), 0)).toBe(visits);
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
