import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, type TrackerStub, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

const token = 'c0ffee5ec2e7a1b2c3d4e5f60718293a';
const logLines = (err: string): Record<string, unknown>[] =>
  err
    .trim()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

/** Hits carry the token in their body, as a form, and nowhere else. */
function tokenInBodiesAlone(tracker: TrackerStub): void {
  expect(tracker.hits.length).toBeGreaterThan(0);
  for (const { method, path, parameters } of tracker.hits) {
    expect(method).toBe('POST');
    expect(path).toBe('/matomo.php');
    expect(parameters.getAll('token_auth')).toEqual([token]);
    expect(parameters.get('cip')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(parameters.get('country')).toMatch(/^[a-z]{2}$/);
  }
  for (const { path, headers } of tracker.requests) {
    expect(`${path} ${JSON.stringify(headers)}`).not.toContain(token);
  }
}

describe.concurrent('with a token', () => {
  it('it is sent in bodies and shown nowhere', async () => {
    const tracker = yard.keep(await startTracker(() => yes));
    const loader = yard.start({
      ...quick,
      MATOMO_URL: tracker.url,
      MATOMO_TOKEN_AUTH: token,
      MAX_VISITS_PER_DAY: 5,
      LOG_LEVEL: 'DEBUG',
      STATE_DIR: yard.path('shown'),
      STATUS_PORT: await freePort(),
    });
    await loader.statusWhere(({ state }) => state === 'paused');
    const pages = await Promise.all(
      ['/status', '/metrics', '/healthz', '/readyz', '/'].map(async (path) =>
        (await loader.get(path)).text(),
      ),
    );
    loader.child.kill('SIGTERM');
    const { out, err } = await loader.ended;
    tokenInBodiesAlone(tracker);
    expect(`${pages.join('\n')}${out}${err}`).not.toContain(token);
    expect(JSON.parse(pages[0] ?? '').settings.matomo_token_auth).toBe('***');
    const effective = logLines(err).find(({ msg }) => msg === 'effective settings');
    expect(effective?.settings).toMatchObject({ matomo_token_auth: '***', max_visits_per_day: 5 });
  });

  it('MATOMO_TOKEN_AUTH_FILE does the same', async () => {
    const tracker = yard.keep(await startTracker(() => yes));
    const file = yard.path('token');
    writeFileSync(file, `${token}\n`);
    const ended = await yard.run({
      ...quick,
      MATOMO_URL: tracker.url,
      MATOMO_TOKEN_AUTH_FILE: file,
      MAX_VISITS: 5,
      STATE_DIR: yard.path('file'),
    });
    expect(ended.code).toBe(0);
    tokenInBodiesAlone(tracker);
    expect(ended.out + ended.err).not.toContain(token);
  });

  it('a failure does not show it either', async () => {
    const tracker = yard.keep(await startTracker(() => ({ status: 400, body: token })));
    const ended = await yard.run({
      ...quick,
      MATOMO_URL: tracker.url,
      MATOMO_TOKEN_AUTH: token,
      LOG_LEVEL: 'DEBUG',
      STATE_DIR: yard.path('refused'),
    });
    expect(ended.code).toBe(3);
    expect(summaryOf(ended).hits.rejected).toBeGreaterThanOrEqual(10);
    expect(ended.out + ended.err).not.toContain(token);
  });
});

describe.concurrent('without a token', () => {
  const run = async (name: string, more: Record<string, string>) => {
    const tracker = yard.keep(await startTracker(() => yes));
    const settings = { ...quick, MATOMO_URL: tracker.url, MAX_VISITS: 5 };
    const ended = await yard.run({ ...settings, STATE_DIR: yard.path(name), ...more });
    expect(ended.code).toBe(0);
    return { tracker, ended };
  };

  it('hits go by GET, without address and country, and one warning says so', async () => {
    const { tracker, ended } = await run('plain', {});
    for (const { method, body, parameters } of tracker.hits) {
      expect(method).toBe('GET');
      expect(body).toBe('');
      for (const name of ['cip', 'country', 'token_auth']) expect(parameters.has(name)).toBe(false);
    }
    const said = logLines(ended.err).filter(({ msg }) => `${msg}`.includes('MATOMO_TOKEN_AUTH'));
    expect(said).toMatchObject([{ level: 'warn', code: 'no_token_degraded' }]);
    expect(summaryOf(ended).notices.join()).toContain('MATOMO_TOKEN_AUTH');
  });

  it('LOG_LEVEL=ERROR leaves a good run silent, its summary still tells', async () => {
    const { ended } = await run('silent', { LOG_LEVEL: 'ERROR' });
    expect(ended.err).toBe('');
    expect(summaryOf(ended).notices.join()).toContain('MATOMO_TOKEN_AUTH');
  });

  it('LOG_LEVEL=WARNING keeps the warnings alone', async () => {
    const { ended } = await run('warning', { LOG_LEVEL: 'WARNING' });
    const levels = new Set(logLines(ended.err).map(({ level }) => level));
    expect([...levels]).toEqual(['warn']);
  });
});
