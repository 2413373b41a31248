import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, type TrackerStub, yes } from './tracker-stub.ts';

const yard = new Yard();
const authority = yard.path('authority.pem');
let tracker: TrackerStub;
let states = 0;

beforeAll(async () => {
  const key = yard.path('key.pem');
  const of = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', authority];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...of, ...files],
    { stdio: 'ignore' },
  );
  const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(authority, 'utf8') };
  tracker = yard.keep(await startTracker(() => yes, { tls }));
});
afterAll(() => yard.close());

const settings = () => ({
  ...quick,
  MATOMO_URL: tracker.url,
  MAX_VISITS: 3,
  STATE_DIR: yard.path(`state-${++states}`),
});

it('a certificate that nobody vouches for is refused, with what to do', async () => {
  const ended = await yard.run(settings());
  expect(ended.code).toBe(3);
  expect(summaryOf(ended).exit_reason).toMatch(/certificate.*TLS_CA_FILE/);
  expect(tracker.requests).toEqual([]);
});

it('TLS_CA_FILE vouches for it', async () => {
  const ended = await yard.run({ ...settings(), TLS_CA_FILE: authority });
  expect(ended.code).toBe(0);
  expect(summaryOf(ended).visits.delivered).toBe(3);
});

it('TLS_INSECURE takes it, and says what that means', async () => {
  const ended = await yard.run({ ...settings(), TLS_INSECURE: true });
  expect(ended.code).toBe(0);
  expect(summaryOf(ended).notices.join()).toContain('TLS_INSECURE');
  expect(ended.err).toContain('tls_not_verified');
});
