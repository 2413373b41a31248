import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform } from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

/** A loopback address of its own where the system has them all: the default port is one and the same. */
const ownAddress = (): string =>
  platform === 'linux' ? `127.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}` : '127.0.0.1';

const somewhere = { MATOMO_URL: 'http://127.0.0.1:9/' };

describe.concurrent('settings that cannot be used', () => {
  it('are told all at once, with what to write instead', async () => {
    const wrong = { PAGEVIEWS_MIN: 9, PAGEVIEWS_MAX: 3, TIMEZONE: 'Mars/Olympus' };
    const { code, out, err } = await yard.run({ ...somewhere, ...wrong, TARGET_VISIT_PER_DAY: 5 }, [
      'run',
    ]);
    expect(code).toBe(2);
    expect(out).toBe('');
    const errors = err.split('\n').filter((line) => line.startsWith('error:'));
    expect(errors.length).toBe(3);
    expect(err).toContain('PAGEVIEWS_MIN (9) is above PAGEVIEWS_MAX (3)');
    expect(err).toContain('TIMEZONE is not a known time zone');
    expect(err).toContain('Did you mean TARGET_VISITS_PER_DAY?');
    expect(err).toContain('nothing was sent');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('are told to programs as JSON', async () => {
    const { code, out } = await yard.run({ ...somewhere, CONCURRENCY: 0 });
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      exit_code: 2,
      errors: [{ code: 'setting_out_of_range', fields: ['concurrency'] }],
    });
  });

  it.each([
    ['no target', {}, [], 'MATOMO_URL is not set'],
    [
      'a token file that is not there',
      { ...somewhere, MATOMO_TOKEN_AUTH_FILE: '/none' },
      [],
      'MATOMO_TOKEN_AUTH_FILE',
    ],
    ['a URL list that is not there', { ...somewhere, URLS_FILE: '/none.txt' }, [], '/none.txt'],
    ['a state directory that is a file', { ...somewhere, STATE_DIR: '/dev/null' }, [], 'STATE_DIR'],
    ['an option that does not exist', somewhere, ['--fast'], '--fast'],
    ['a duration that is none', somewhere, ['--duration', 'soon'], 'soon'],
    ['an environment file that is not there', somewhere, ['--env-file', '/none.env'], '/none.env'],
  ] as const)('%s: exit code 2 and a sentence', async (_, environment, args, named) => {
    const { code, err } = await yard.run(environment, ['run', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(named);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('a certificate authority that is not there ends the process, whatever else listens', async () => {
    const { code, err } = await yard.run({
      MATOMO_URL: 'https://127.0.0.1:9/',
      TLS_CA_FILE: '/none.pem',
      STATUS_PORT: await freePort(),
    });
    expect(code).toBe(2);
    expect(err).toContain('/none.pem');
  });
});

describe.concurrent('a status port that is taken', () => {
  const occupied = async (port: number, host: string) => {
    const server = createServer().listen(port, host);
    await once(server, 'listening');
    yard.keep({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
    return (server.address() as AddressInfo).port;
  };

  it('costs a run that asked for it its start', async () => {
    const STATUS_PORT = await occupied(0, '127.0.0.1');
    const { code, err } = await yard.run({
      ...somewhere,
      STATUS_PORT,
      STATE_DIR: yard.path('asked'),
    });
    expect(code).toBe(2);
    expect(err).toContain(`cannot listen on 127.0.0.1:${STATUS_PORT} (EADDRINUSE)`);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('costs one that did not ask only its status, and it says so', async () => {
    const STATUS_HOST = ownAddress();
    await occupied(9464, STATUS_HOST);
    const tracker = yard.keep(await startTracker(() => yes));
    const settings = {
      ...quick,
      MATOMO_URL: tracker.url,
      MAX_VISITS: 3,
      STATUS_HOST,
      STATUS_PORT: '',
    };
    const ended = await yard.run({ ...settings, STATE_DIR: yard.path('not-asked') });
    expect(ended.code).toBe(0);
    expect(summaryOf(ended).visits.delivered).toBe(3);
    expect(ended.err).toContain('status_port_in_use');
    expect(ended.err).toContain('goes on without it');
  });
});
