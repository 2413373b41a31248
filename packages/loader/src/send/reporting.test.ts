import { afterEach, describe, expect, it } from 'vitest';
import { type Stub, type StubAnswer, startStub } from '../../test/stub-server.ts';
import { Asker } from './preflight/ask.ts';
import { Reporting, ReportingError } from './reporting.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((it) => it.close()));
});

async function reportingAt(answer: StubAnswer): Promise<{ reporting: Reporting; stub: Stub }> {
  const stub = await startStub(() => answer);
  const asker = new Asker(
    stub.url,
    { tls_insecure: false, allow_private_targets: true, connect_timeout_seconds: 5 },
    { ca: null, user_agent: 'test', timeout_ms: 150, now: () => 0 },
  );
  const reporting = new Reporting(asker, '/index.php', 's3cret');
  open.push(stub, reporting);
  return { reporting, stub };
}

const json = (status: number, value: unknown): StubAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const refusal = (status: number, message = 'You must be logged in.') =>
  json(status, { result: 'error', message });

it('asks by POST, the token in the body and nowhere else', async () => {
  const { reporting, stub } = await reportingAt(json(200, [1]));
  expect(await reporting.ask({ method: 'Live.getLastVisitsDetails', idSite: '1' })).toEqual([1]);
  const [request] = stub.requests;
  expect([request?.method, request?.path]).toEqual(['POST', '/index.php']);
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    module: 'API',
    format: 'json',
    language: 'en',
    method: 'Live.getLastVisitsDetails',
    idSite: '1',
    token_auth: 's3cret',
  });
  expect(JSON.stringify(request?.headers)).not.toContain('s3cret');
});

describe('no answer', () => {
  it.each([
    ['a refusal', refusal(200), 'You must be logged in.'],
    ['401', refusal(401), 'You must be logged in.'],
    ['401 with a page', { status: 401, body: '<html>' }, 'status 401'],
    ['a firewall', { status: 403, body: '<html>' }, 'status 403'],
    ['nothing there', { status: 404, body: '' }, 'status 404'],
  ] as const)('%s is final', async (_, answer, message) => {
    const { reporting } = await reportingAt(answer);
    const error = await reporting.ask({}).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ReportingError);
    expect(error).toMatchObject({ refused: true, message });
  });

  it.each([
    ['a server error', { status: 500, body: '<html>' }, 'status 500 without JSON'],
    [
      'a database that is away',
      refusal(500, 'MySQL server has gone away'),
      'status 500 (MySQL server has gone away)',
    ],
    ['an overload', { status: 503, body: '' }, 'status 503 without JSON'],
    ['a rate limit', { status: 429, body: '' }, 'status 429 without JSON'],
    ['a page by a 200', { status: 200, body: '<html>' }, 'status 200 without JSON'],
    ['a cut', 'cut', 'no answer ['],
    ['silence', 'silence', 'no answer [timeout]'],
  ] as const)('%s may pass', async (_, answer, message) => {
    const { reporting } = await reportingAt(answer);
    const error = await reporting.ask({}).catch((e: unknown) => e);
    expect(error).toMatchObject({ refused: false });
    expect((error as Error).message).toContain(message);
  });
});
