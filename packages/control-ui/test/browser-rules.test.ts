import { expect, it } from 'vitest';
import { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

const config = { matomo_url: 'https://matomo.example.org', matomo_token_auth: 'a'.repeat(32) };
const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'";

/** Enters the key and resolves to the Set-Cookie line and the pair in it. */
async function entered(client: Client, key: string) {
  const answer = await client.ask('POST', '/api/session', { key });
  expect(answer.status).toBe(200);
  const [line = ''] = answer.headers['set-cookie'] ?? [];
  return { line, cookie: line.split(';', 1)[0] ?? '' };
}

it('keeps sessions from scripts, from other sites and from forged requests', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url);
  const { host, origin } = new URL(service.url);
  const { line, cookie } = await entered(client, service.key);
  expect(line).toMatch(/; Path=\//);
  expect(line).toMatch(/; HttpOnly/);
  expect(line).toMatch(/; SameSite=Strict/);
  expect(line).not.toMatch(/; Secure/);
  expect(line).not.toContain(service.key);

  const apply = (headers: Record<string, string>) =>
    client.ask('POST', '/api/config/apply', { config }, { cookie, ...headers });
  for (const foreign of [
    { origin: 'https://evil.example.org' },
    { origin: 'null' },
    { origin: `http://${host}.evil.example.org` },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]) {
    const refused = await apply(foreign);
    expect([refused.status, refused.json.code], JSON.stringify(foreign)).toEqual([
      403,
      'foreign_origin',
    ]);
  }
  expect((await apply({ origin })).status).toBe(200);
  expect((await apply({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  // What changes nothing may still start a process, or end the session.
  const plan = await client.ask('POST', '/api/plan', {}, { cookie, origin: 'https://e.example' });
  const leave = await client.ask('DELETE', '/api/session', undefined, { cookie });
  expect([plan.json.code, leave.json.code]).toEqual(['foreign_origin', 'foreign_origin']);
  // A form of another site can send no JSON.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const form = await client.ask('POST', '/api/session', '{"key":"x"}', { 'content-type': type });
    expect([type, form.status]).toEqual([type, 415]);
  }

  const read = await client.ask('GET', '/api/session', undefined, { cookie });
  expect(read.json).toMatchObject({ name: 'first', role: 'operator' });
  const left = await client.ask('DELETE', '/api/session', undefined, { cookie, origin });
  expect(left.status).toBe(204);
  const after = await client.ask('GET', '/api/session', undefined, { cookie });
  expect([after.status, after.json.code]).toEqual([401, 'session_ended']);
});

it('sends security headers with every answer, also with errors', async () => {
  const service = new ServiceProcess();
  await service.start({ COOKIE_SECURE: 'true' });
  const client = new Client(service.url);
  const { line } = await entered(client, service.key);
  expect(line).toMatch(/; Secure/);
  const key = { 'x-api-key': service.key };
  const answers = [
    await client.ask('GET', '/health'),
    await client.ask('GET', '/ready'),
    await client.ask('GET', '/openapi.json'),
    await client.ask('GET', '/api/status', undefined, key),
    await client.ask('GET', '/api/status'),
    await client.ask('GET', '/nowhere'),
    await client.ask('DELETE', '/health'),
    await client.ask('POST', '/api/start', '{', key),
    await client.ask('POST', '/api/start', { no: 1 }, key),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 401, 404, 405, 400, 422,
  ]);
  for (const { status, headers, json } of answers) {
    expect(headers).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    if (status >= 400) {
      expect(headers['content-type']).toMatch('application/problem+json');
      expect(headers['cache-control']).toBe('no-store');
      expect(json).toMatchObject({ status, code: expect.any(String), remedy: expect.any(String) });
    }
  }
  const noAddress = await client.ask('GET', '/%', undefined, key);
  expect([noAddress.status, noAddress.json.code]).toEqual([400, 'request_unreadable']);
  expect(noAddress.headers['content-security-policy']).toMatch(/^default-src 'none'/);
  const page = await client.ask('GET', '/docs');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
  const secret = await client.ask('GET', '/api/settings', undefined, key);
  expect(secret.headers['cache-control']).toBe('no-store');
});

it('answers other origins only when they are listed', async () => {
  const asked = {
    origin: 'https://dash.example.org',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-api-key,content-type',
  };
  const closed = new ServiceProcess();
  await closed.start();
  const none = await new Client(closed.url).ask('OPTIONS', '/api/start', undefined, asked);
  expect(none.headers).not.toHaveProperty('access-control-allow-origin');

  const open = new ServiceProcess();
  await open.start({ CORS_ORIGINS: 'https://dash.example.org, https://b.example.org' });
  const client = new Client(open.url);
  const preflight = await client.ask('OPTIONS', '/api/start', undefined, asked);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': 'https://dash.example.org',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': expect.stringContaining('POST'),
  });
  const key = { 'x-api-key': open.key };
  const listed = await client.ask('GET', '/api/status', undefined, {
    ...key,
    origin: asked.origin,
  });
  expect(listed.headers['access-control-allow-origin']).toBe('https://dash.example.org');
  for (const origin of ['https://evil.example.org', 'https://dash.example.org.evil.org', 'null']) {
    const other = await client.ask('GET', '/api/status', undefined, { ...key, origin });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  }
  const star = new ServiceProcess();
  await expect(star.start({ CORS_ORIGINS: '*' })).rejects.toThrow(
    'ended with 2: error: CORS_ORIGINS cannot be *',
  );
});
