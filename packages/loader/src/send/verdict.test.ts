import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer, HttpAnswer, NoAnswer } from './answer.ts';
import { HttpTransport } from './transport.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const http = (status: number, parts: Partial<HttpAnswer> = {}): HttpAnswer => ({
  kind: 'http',
  status,
  content_type: '',
  retry_after_ms: null,
  body: '',
  ...parts,
});
const none = (sent: boolean, code: string): NoAnswer => ({ kind: 'none', sent, code });
const gif = 'GIF89a\x01\x00\x01\x00\x80\x00\x00';
const html = { content_type: 'text/html; charset=utf-8', body: '<html>' };

const rows: readonly [string, Answer, Verdict['outcome'], string, boolean][] = [
  ['204', http(204), 'accepted', '', false],
  ['a GIF', http(200, { content_type: 'image/gif', body: gif }), 'accepted', '', false],
  ['a GIF that is not called one', http(200, { body: gif }), 'accepted', '', false],
  ['200 with nothing', http(200), 'accepted', '', false],
  [
    'a gateway’s 503 after a reset',
    http(503, { body: 'upstream connect error or disconnect/reset before headers.' }),
    'unknown',
    'http_503',
    false,
  ],
  ['408', http(408), 'unknown', 'http_408', false],
  ['200 with a page', http(200, html), 'rejected', 'not_a_tracker', false],
  [
    '200, HTML without a body',
    http(200, { ...html, body: '' }),
    'rejected',
    'not_a_tracker',
    false,
  ],
  [
    '200, a page without a type',
    http(200, { body: ' <!DOCTYPE' }),
    'rejected',
    'not_a_tracker',
    false,
  ],
  [
    '200 with a proxy’s word',
    http(200, { content_type: 'text/plain', body: 'OK\n' }),
    'accepted',
    '',
    false,
  ],
  ['200 with JSON', http(200, { body: '{"ok":1}' }), 'rejected', 'not_a_tracker', false],
  [
    '200 with a sentence: not installed, or its debug log',
    http(200, { content_type: 'text/plain', body: 'Error: no database' }),
    'rejected',
    'not_a_tracker',
    false,
  ],
  ['301', http(301), 'rejected', 'http_301', false],
  ['302', http(302, html), 'rejected', 'http_302', false],
  // Observed: the GIF, then a page, as image/gif.
  [
    '400',
    http(400, { content_type: 'image/gif', body: `${gif}This` }),
    'rejected',
    'http_400',
    false,
  ],
  ['401', http(401), 'rejected', 'http_401', false],
  ['403', http(403, html), 'rejected', 'http_403', false],
  ['404', http(404, html), 'rejected', 'http_404', false],
  ['413', http(413), 'rejected', 'http_413', false],
  ['429', http(429), 'failed', 'http_429', true],
  ['500', http(500), 'unknown', 'http_500', false],
  ['502', http(502, html), 'unknown', 'http_502', false],
  ['503', http(503), 'failed', 'http_503', true],
  ['504', http(504, html), 'unknown', 'http_504', false],
  ['a time-out', none(true, 'timeout'), 'unknown', 'timeout', false],
  ['a reset after sending', none(true, 'connection_lost'), 'unknown', 'connection_lost', false],
  ['an end in mid-air', none(true, 'aborted'), 'unknown', 'aborted', false],
  ['an end before sending', none(false, 'aborted'), 'dropped', 'shutdown', false],
  ['a reset before sending', none(false, 'connection_lost'), 'failed', 'connection_lost', true],
  ['a connect time-out', none(false, 'connect_timeout'), 'failed', 'connect_timeout', true],
  ['a refused connection', none(false, 'ECONNREFUSED'), 'failed', 'ECONNREFUSED', true],
  ['an unknown host', none(false, 'ENOTFOUND'), 'failed', 'ENOTFOUND', true],
  ['a name server in trouble', none(false, 'EAI_AGAIN'), 'failed', 'EAI_AGAIN', true],
  ...(
    [
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ] as const
  ).map((code): (typeof rows)[number] => [code, none(false, code), 'failed', code, false]),
];

describe('the verdict', () => {
  it.each(rows)('on %s', (_, answer, outcome, reason, retryable) => {
    expect(verdictOf(answer)).toEqual({ outcome, reason, retryable, retry_after_ms: null });
  });

  it('hands on how long a throttled hit shall wait', () => {
    for (const status of [429, 503]) {
      expect(verdictOf(http(status, { retry_after_ms: 2_000 })).retry_after_ms).toBe(2_000);
    }
  });

  it('on every status is one outcome, and a retry only where nothing was recorded', () => {
    for (let status = 200; status < 600; status++) {
      const { outcome, retryable } = verdictOf(http(status));
      expect(['accepted', 'rejected', 'failed', 'unknown']).toContain(outcome);
      expect(retryable).toBe(outcome === 'failed');
      expect(outcome === 'accepted').toBe(status < 300);
    }
  });
});

describe('Retry-After, as a server sends it', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The answer to one hit of a server that answers 429 with this header line. */
  async function answered(line: string): Promise<Answer> {
    const server = createServer((socket) => {
      socket.once('data', () =>
        socket.end(`HTTP/1.1 429 Too Many Requests\r\n${line}Content-Length: 0\r\n\r\n`),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const transport = new HttpTransport({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/matomo.php`,
      token: null,
      connections: 1,
      connect_timeout_ms: 5_000,
      request_timeout_ms: 5_000,
      ca: null,
      tls_insecure: false,
      allow_private: true,
      user_agent: 'test',
    });
    try {
      return await new Promise((resolve) => transport.send('rec=1', resolve));
    } finally {
      await transport.destroy();
      server.close();
    }
  }

  it.each([
    ['Retry-After: 2\r\n', 2_000],
    ['Retry-After: 0\r\n', 0],
    ['Retry-After: Wed, 10 Jun 2026 12:00:30 GMT\r\n', 30_000],
    ['Retry-After: Wed, 10 Jun 2026 11:59:00 GMT\r\n', 0],
    ['Retry-After: soon\r\n', null],
    ['', null],
  ])('%j', async (line, wanted) => {
    vi.useFakeTimers({ now: Date.UTC(2026, 5, 10, 12), toFake: ['Date'] });
    const verdict = verdictOf(await answered(line));
    expect(verdict).toMatchObject({ outcome: 'failed', retryable: true, retry_after_ms: wanted });
  });
});
