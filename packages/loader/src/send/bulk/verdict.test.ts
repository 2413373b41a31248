import { describe, expect, it } from 'vitest';
import type { Answer } from '../answer.ts';
import { bulkVerdict } from './verdict.ts';

const sent = 4;
const json = (value: unknown, status = 200): Answer => ({
  kind: 'http',
  status,
  content_type: 'application/json',
  retry_after_ms: null,
  body: JSON.stringify(value),
});
const page = (
  status: number,
  body = '<!DOCTYPE html><p>Sorry',
  retry_after_ms: number | null = null,
) => ({ kind: 'http', status, content_type: 'text/html', retry_after_ms, body }) as const;
const success = (tracked: number, invalid: number, invalid_indices?: readonly number[]): Answer =>
  json({ status: 'success', tracked, invalid, ...(invalid_indices && { invalid_indices }) });
const none = (isSent: boolean, code: string): Answer => ({ kind: 'none', sent: isSent, code });

const recorded = { kind: 'recorded', refused: [], refused_unnamed: 0, lost: 0, queued: false };
const notRecorded = { kind: 'not_recorded', retry_after_ms: null, rolled_back: false };
const hopeless = { kind: 'hopeless', maybe_recorded: false };

/** Cases of Matomo's answers to bulk requests, as they were read in its code or observed. */
describe('the answer to a bulk request of four hits', () => {
  it.each([
    ['all tracked', success(4, 0, []), recorded],
    ['all tracked, no super user', success(4, 0), recorded],
    ['some refused by name', success(2, 2, [1, 3]), { ...recorded, refused: [1, 3] }],
    ['some refused, nobody says which', success(2, 2), { ...recorded, refused_unnamed: 2 }],
    ['fewer names than refused', success(2, 2, [1]), { ...recorded, refused_unnamed: 2 }],
    ['a name that is no position', success(3, 1, [4]), { ...recorded, refused_unnamed: 1 }],
    ['one swallowed by a lock time-out', success(3, 0, []), { ...recorded, lost: 1 }],
    ['swallowed and refused', success(1, 1, [0]), { ...recorded, refused: [0], lost: 2 }],
    ['more than were sent', success(5, 0, []), recorded],
    [
      'QueuedTracking',
      { ...page(200, 'GIF89a'), content_type: 'image/gif' },
      { ...recorded, queued: true },
    ],
    [
      'a GIF by another name',
      { ...page(200, 'GIF89a'), content_type: '' },
      { ...recorded, queued: true },
    ],
  ] as const)('%s: recorded', (_, answer, verdict) => {
    expect(bulkVerdict(answer, sent)).toEqual(verdict);
  });

  it.each([
    [
      'a rolled-back transaction',
      json({ status: 'error', tracked: 2, invalid: 0, invalid_indices: [] }, 500),
      { reason: 'rolled_back', rolled_back: true },
    ],
    [
      'one with a message',
      json({ status: 'error', tracked: 0, invalid: 0, message: 'Deadlock' }, 500),
      { reason: 'rolled_back', rolled_back: true },
    ],
    ['429', page(429), { reason: 'http_429' }],
    ['429 with Retry-After', page(429, '', 7_000), { reason: 'http_429', retry_after_ms: 7_000 }],
    ['503', page(503), { reason: 'http_503' }],
    ['503 with Retry-After', page(503, '', 0), { reason: 'http_503', retry_after_ms: 0 }],
    ['a refused connection', none(false, 'ECONNREFUSED'), { reason: 'ECONNREFUSED' }],
    ['an unknown name', none(false, 'ENOTFOUND'), { reason: 'ENOTFOUND' }],
    ['no connection in time', none(false, 'connect_timeout'), { reason: 'connect_timeout' }],
    ['a stop before it left', none(false, 'aborted'), { reason: 'aborted' }],
  ] as const)('%s: surely not recorded, worth another try', (_, answer, verdict) => {
    expect(bulkVerdict(answer, sent)).toEqual({ ...notRecorded, ...verdict });
  });

  it.each([
    ['a time-out', none(true, 'timeout'), 'timeout'],
    ['a reset after sending', none(true, 'connection_lost'), 'connection_lost'],
    ['a stop after sending', none(true, 'aborted'), 'aborted'],
    ['502', page(502), 'http_502'],
    ['504', page(504), 'http_504'],
    ['408', page(408), 'http_408'],
    ['500 with a page', page(500), 'http_500'],
    ['500 with other JSON', json({ error: 'x' }, 500), 'http_500'],
    ['502 with Matomo’s JSON', json({ status: 'error', tracked: 0, invalid: 0 }, 502), 'http_502'],
    ['an error by a 200', json({ status: 'error', tracked: 4, invalid: 0 }), 'status_error'],
    [
      'a proxy that lost the server',
      page(
        503,
        'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
      ),
      'http_503',
    ],
  ] as const)('%s: unknown', (_, answer, reason) => {
    expect(bulkVerdict(answer, sent)).toEqual({ kind: 'unknown', reason });
  });

  it.each([
    ['tracking off', success(0, 0), { reason: 'tracking_off' }],
    ['all refused', success(0, 4, [0, 1, 2, 3]), { reason: 'all_refused' }],
    ['all refused without names', success(0, 4), { reason: 'all_refused' }],
    ['a page', page(200), { reason: 'no_counts', maybe_recorded: true }],
    [
      'the debug log',
      page(200, 'DEBUG: Debug enabled'),
      { reason: 'no_counts', maybe_recorded: true },
    ],
    [
      'nothing at all',
      { ...page(204, ''), content_type: '' },
      { reason: 'no_counts', maybe_recorded: true },
    ],
    [
      'JSON cut off',
      { ...page(200, '{"status":"succ'), content_type: 'application/json' },
      { reason: 'no_counts', maybe_recorded: true },
    ],
    ['counts that are none', success(-1, 5), { reason: 'no_counts', maybe_recorded: true }],
    ['no BulkTracking', page(400, 'This resource is part of Matomo.'), { reason: 'http_400' }],
    ['a login', page(401), { reason: 'http_401' }],
    ['a firewall', page(403), { reason: 'http_403' }],
    ['no tracker', page(404), { reason: 'http_404' }],
    ['a redirect', page(301, ''), { reason: 'http_301' }],
    [
      'an untrusted certificate',
      none(false, 'SELF_SIGNED_CERT_IN_CHAIN'),
      { reason: 'certificate' },
    ],
  ] as const)('%s: hopeless', (_, answer, verdict) => {
    expect(bulkVerdict(answer, sent)).toEqual({ ...hopeless, ...verdict });
  });

  it('413: too large', () => {
    expect(bulkVerdict(page(413), sent)).toEqual({ kind: 'too_large' });
  });
});

it('one hit that is refused is no reason to stop: it may be that hit', () => {
  expect(bulkVerdict(success(0, 1, [0]), 1)).toEqual({ ...recorded, refused: [0] });
  expect(bulkVerdict(success(0, 1), 1)).toEqual({ ...recorded, refused_unnamed: 1 });
});
