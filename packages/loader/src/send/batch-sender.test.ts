import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { BulkSender, SingleSender } from './batch-sender.ts';

const http = (status: number, body = '', retry_after_ms: number | null = null): Answer => ({
  kind: 'http',
  status,
  content_type: body.startsWith('{') ? 'application/json' : 'image/gif',
  retry_after_ms,
  body,
});
const counts = (tracked: number, ...refused: number[]): Answer =>
  http(
    200,
    JSON.stringify({
      status: 'success',
      tracked,
      invalid: refused.length,
      invalid_indices: refused,
    }),
  );

/** A transport that gives these answers, and what passed through it. */
function ground(answers: readonly Answer[], stopAfter = Number.POSITIVE_INFINITY) {
  const seen: string[] = [];
  const events: string[] = [];
  let now_ms = 0;
  const answer = (text: string | Uint8Array, answered: (answer: Answer) => void) => {
    now_ms += 70;
    seen.push(text.toString());
    answered(answers[seen.length - 1] as Answer);
  };
  const parts = {
    transport: { send: answer, sendBulk: answer },
    token: 'secret',
    leave: async (requests: number, hits: number) => {
      now_ms += 5_000;
      events.push(`leave ${requests}/${hits}`);
    },
    elapsed: () => now_ms,
  };
  const watch = {
    leaving: () => {
      if (seen.length >= stopAfter) throw new Error('stopped');
      events.push('leaving');
    },
    progress: (done: number, refused: string | null) => events.push(`${done} ${refused}`),
  };
  return { parts, watch, seen, events };
}
const queries = ['a=1', 'b=2', 'c=3'];

describe('in bulk', () => {
  it('all hits leave in one request, once it may', async () => {
    const { parts, watch, seen, events } = ground([counts(2, 1)]);
    const sent = await new BulkSender(parts).send(queries, 0, watch);
    expect(seen.map((body) => JSON.parse(body))).toEqual([
      { requests: ['?a=1', '?b=2', '?c=3'], token_auth: 'secret' },
    ]);
    expect(events).toEqual(['leave 1/3', 'leaving']);
    expect(sent).toMatchObject({ kind: 'recorded', refused: [1], at: 0 });
  });

  it('the time it took is that of the request, not that of waiting for leave', async () => {
    const { parts, watch } = ground([counts(3)]);
    expect((await new BulkSender(parts).send(queries, 0, watch)).took_ms).toBe(70);
  });

  it('hits that have their outcome stay behind, and positions are those of the batch', async () => {
    const { parts, watch, seen } = ground([counts(1, 0)]);
    const sent = await new BulkSender(parts).send(queries, 1, watch);
    expect(JSON.parse(seen[0] ?? '').requests).toEqual(['?b=2', '?c=3']);
    expect(sent).toMatchObject({ kind: 'recorded', refused: [1], at: 1 });
  });

  it('a stop before it leaves is passed on, and nothing is sent', async () => {
    const { parts, watch, seen } = ground([], 0);
    await expect(new BulkSender(parts).send(queries, 0, watch)).rejects.toThrow('stopped');
    expect(seen).toEqual([]);
  });
});

describe('one by one', () => {
  it('every hit leaves when it may, and its outcome is told', async () => {
    const { parts, watch, seen, events } = ground([http(204), http(400), http(204)]);
    const sent = await new SingleSender(parts).send(queries, 0, watch);
    expect(seen).toEqual(queries);
    expect(events).toEqual([
      ...['leave 1/1', 'leaving', '1 null'],
      ...['leave 1/1', 'leaving', '2 http_400'],
      ...['leave 1/1', 'leaving', '3 null'],
    ]);
    expect(sent).toMatchObject({ kind: 'recorded', at: 3 });
  });

  it('it goes on from where it stopped', async () => {
    const { parts, watch, seen, events } = ground([http(204)]);
    await new SingleSender(parts).send(queries, 2, watch);
    expect(seen).toEqual(['c=3']);
    expect(events.at(-1)).toBe('3 null');
  });

  it.each([
    [
      'a time-out',
      { kind: 'none', sent: true, code: 'timeout' },
      { kind: 'unknown', reason: 'timeout' },
    ],
    ['500', http(500), { kind: 'unknown', reason: 'http_500' }],
    [
      '503',
      http(503, '', 2_000),
      { kind: 'not_recorded', reason: 'http_503', retry_after_ms: 2_000 },
    ],
    [
      'nobody there',
      { kind: 'none', sent: false, code: 'ECONNREFUSED' },
      { kind: 'not_recorded', reason: 'ECONNREFUSED' },
    ],
    [
      'a stop before it left',
      { kind: 'none', sent: false, code: 'aborted' },
      { kind: 'not_recorded' },
    ],
    ['a firewall', http(403), { kind: 'hopeless', reason: 'http_403', maybe_recorded: false }],
    ['408', http(408), { kind: 'unknown', reason: 'http_408' }],
    [
      'a page',
      { ...http(200), content_type: 'text/html', body: '<p>' },
      { kind: 'hopeless', reason: 'a_page', maybe_recorded: true },
    ],
    [
      'a bad certificate',
      { kind: 'none', sent: false, code: 'CERT_HAS_EXPIRED' },
      { kind: 'hopeless', reason: 'certificate' },
    ],
  ] as const)('%s stops it there', async (_, answer, verdict) => {
    const { parts, watch, seen } = ground([http(204), answer]);
    const sent = await new SingleSender(parts).send(queries, 0, watch);
    expect(sent).toMatchObject({ ...verdict, at: 1 });
    expect(seen).toHaveLength(2);
  });
});
