import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Problem, type Settings } from '@trafficinator/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stub, startStub, trackerPage } from '../../test/stub-server.ts';
import { type PreflightOptions, preflight } from './preflight.ts';

const usual: PreflightOptions = {
  ca: null,
  user_agent: 'Trafficinator/test',
  timeout_ms: 5_000,
  addresses: ['https://shop.example.test'],
};
const settingsFor = (matomo_url: string, more: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  matomo_url,
  ...more,
});

const stubs: Stub[] = [];
async function stub(...parts: Parameters<typeof startStub>): Promise<Stub> {
  const started = await startStub(...parts);
  stubs.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((each) => each.close()));
});

it('says that an address is not public, and connects to none, when only those are allowed', async () => {
  const server = await stub(() => trackerPage);
  const { port } = new URL(server.url);
  const spellings = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:7f00:1]'];
  for (const host of spellings) {
    const settings = settingsFor(`http://${host}:${port}/matomo.php`, {
      allow_private_targets: false,
    });
    const [found, ...more] = await preflight(settings, usual);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: 'target_address_refused',
      severity: 'error',
      fields: ['matomo_url', 'allow_private_targets'],
    });
  }
  expect(server.requests).toHaveLength(0);
});

describe('no answer', () => {
  async function trouble(url: string, more: Partial<PreflightOptions> = {}): Promise<Problem> {
    const problems = await preflight(settingsFor(url, { matomo_token_auth: 'secret' }), {
      ...usual,
      ...more,
    });
    expect(problems).toMatchObject([{ code: 'target_unreachable', severity: 'error' }]);
    return problems[0] as Problem;
  }

  it('says that nothing listens', async () => {
    const gone = await startStub(() => 'cut');
    await gone.close();
    const found = await trouble(`${gone.url}/matomo.php`);
    expect(found.message).toMatch(/nothing listens at 127\.0\.0\.1:\d+ .*\[ECONNREFUSED\]/);
    expect(found.remedy).toContain('container');
  });

  it('says that a name cannot be resolved', async () => {
    const found = await trouble('http://does-not-exist.invalid/matomo.php');
    expect(found.message).toContain('the name does-not-exist.invalid cannot be resolved');
  });

  it('says that a server stays silent', async () => {
    const server = await stub(() => 'silence');
    const found = await trouble(server.url, { timeout_ms: 100 });
    expect(found.message).toMatch(/takes connections but gave no answer within 0\.1 s/);
  });

  it('says that a connection was cut', async () => {
    const server = await stub(() => 'cut');
    expect((await trouble(server.url)).message).toContain(
      'closed the connection without an answer',
    );
  });

  it('says that it is no HTTP', async () => {
    const server = createServer((socket) => socket.end('220 mail.example.org ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      expect((await trouble(`http://127.0.0.1:${port}/`)).message).toContain('does not speak HTTP');
    } finally {
      server.close();
    }
  });

  it('says that a port has no TLS', async () => {
    const server = await stub(() => trackerPage);
    const found = await trouble(server.url.replace('http:', 'https:'));
    expect(found.message).toContain('does not speak TLS');
    expect(found.remedy).toContain('http://');
  });
});

describe('certificates', () => {
  let folder = '';
  const certificate = (name: string, subject: string, days: string) => {
    const at = (file: string) => join(folder, file);
    const run = (...parts: string[]) => execFileSync('openssl', parts, { stdio: 'ignore' });
    const key = at(`${name}.key`);
    const extra = ['-subj', '/CN=test', '-addext', `subjectAltName=${subject}`];
    run(
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      at('csr'),
      ...extra,
    );
    run(
      ...['x509', '-req', '-in', at('csr'), '-signkey', key, '-copy_extensions', 'copy'].concat([
        '-days',
        days,
        '-out',
        at(`${name}.pem`),
      ]),
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(at(`${name}.pem`), 'utf8') };
  };
  let good: { key: string; cert: string };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'preflight-'));
    good = certificate('good', 'IP:127.0.0.1', '2');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('trusts a private authority only when it is named', async () => {
    const server = await stub(() => trackerPage, good);
    const [found] = await preflight(settingsFor(server.url), usual);
    expect(found).toMatchObject({ code: 'target_unreachable' });
    expect(found?.message).toContain('self-signed');
    expect(found?.remedy).toContain('Set TLS_CA_FILE');
    expect(await preflight(settingsFor(server.url), { ...usual, ca: good.cert })).toEqual([]);
    const lax = settingsFor(server.url, { tls_insecure: true });
    expect(await preflight(lax, usual)).toEqual([]);
  });

  it('tells a wrong authority from a missing one', async () => {
    const server = await stub(() => trackerPage, good);
    const other = certificate('other', 'IP:127.0.0.1', '2');
    const [found] = await preflight(settingsFor(server.url), { ...usual, ca: other.cert });
    expect(found?.remedy).toContain('the one that is there did not');
  });

  it('says that a certificate has expired', async () => {
    const expired = certificate('expired', 'IP:127.0.0.1', '-1');
    const server = await stub(() => trackerPage, expired);
    const [found] = await preflight(settingsFor(server.url), { ...usual, ca: expired.cert });
    expect(found?.message).toMatch(/has expired \[CERT_HAS_EXPIRED\]/);
  });

  it('says that a certificate is for other names', async () => {
    const foreign = certificate('foreign', 'DNS:other.example', '2');
    const server = await stub(() => trackerPage, foreign);
    const [found] = await preflight(settingsFor(server.url), { ...usual, ca: foreign.cert });
    expect(found?.message).toContain('is for other names than 127.0.0.1');
  });
});
