import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Hit, HitKind, Visit } from '../plan/visit.ts';
import { isRecorded, type Trace, traceOf } from './commit-probe.ts';
import { ReportingError } from './reporting.ts';

const start_ms = Date.UTC(2026, 2, 1, 10) + 400;
const start_s = Math.floor(start_ms / 1000);
const material = builtinMaterial();
const page = material.pages[0] as Hit['page'];

/** A visit with these hits, ten and a half seconds apart. */
function visitOf(kinds: readonly HitKind[]): Visit {
  const hits = kinds.map(
    (kind, at): Hit => ({
      kind,
      offset_ms: at * 10_500,
      pause_ms: 0,
      page,
      referrer: null,
      pageview_id: 'aaaaaa',
      detail: null,
    }),
  );
  return {
    index: 0,
    visitor: { id: '0123456789abcdef' },
    hits,
    duration_ms: 0,
  } as unknown as Visit;
}
const kinds = ['pageview', 'event', 'search', 'outlink', 'download', 'order', 'ping'] as const;
const unknown = (from: number, to: number, missing: readonly number[] = []) => ({
  visit: visitOf(kinds),
  start_ms,
  day: '2026-03-01',
  from,
  to,
  missing: (position: number) => missing.includes(position),
});
const seconds = (at: number) => Math.floor((start_ms + at * 10_500) / 1000);

describe('a trace', () => {
  it('is the first action, and what is there before it', () => {
    expect(traceOf(unknown(0, 7))).toEqual({
      visitor_id: '0123456789abcdef',
      day: '2026-03-01',
      at_seconds: start_s,
      earlier_seconds: [],
    });
    expect(traceOf(unknown(2, 3))).toMatchObject({
      at_seconds: seconds(2),
      earlier_seconds: [seconds(0), seconds(1)],
    });
  });

  it('does not count what was refused before', () => {
    expect(traceOf(unknown(3, 4, [1]))?.earlier_seconds).toEqual([seconds(0), seconds(2)]);
  });

  it.each([
    ['an order', 5, 6],
    ['a ping', 6, 7],
    ['both', 5, 7],
    ['nothing', 7, 7],
  ])('%s leaves none', (_, from, to) => {
    expect(traceOf(unknown(from, to))).toBeNull();
  });
});

describe('asking the visitor log', () => {
  const trace: Trace = {
    visitor_id: '0123456789abcdef',
    day: '2026-03-01',
    at_seconds: 5_000,
    earlier_seconds: [4_000, 4_500],
  };
  const logged = (
    first: number,
    last: number,
    actions: number | string,
    visitorId = trace.visitor_id,
  ) => ({
    visitorId,
    firstActionTimestamp: first,
    lastActionTimestamp: last,
    actions,
    idVisit: 7,
  });
  const asked: Record<string, string>[] = [];
  const recorded = (answer: unknown) =>
    isRecorded(
      {
        ask: async (parameters) => {
          asked.push({ ...parameters });
          return answer;
        },
      },
      3,
      trace,
    );

  it('names site, day and visitor', async () => {
    await recorded([]);
    expect(asked.at(-1)).toEqual({
      method: 'Live.getLastVisitsDetails',
      idSite: '3',
      period: 'day',
      date: '2026-03-01',
      segment: 'visitorId==0123456789abcdef',
      filter_limit: '20',
      doNotFetchActions: '1',
    });
  });

  it.each([
    ['one action more than before', [logged(4_000, 5_000, 3)]],
    ['all actions', [logged(4_000, 6_000, 9)]],
    ['numbers as text', [{ ...logged(4_000, 5_000, '3'), firstActionTimestamp: '4000' }]],
    [
      'a visit that Matomo began anew after a long gap',
      [logged(4_000, 4_500, 2), logged(5_000, 5_000, 1)],
    ],
    ['a visit that begins with the second of the earlier ones', [logged(4_500, 5_000, 2)]],
  ])('%s: it is there', async (_, visits) => {
    expect(await recorded(visits)).toBe(true);
  });

  it.each([
    ['nobody', []],
    ['only what was there before', [logged(4_000, 4_500, 2)]],
    ['a later hit of another try, but too few actions', [logged(4_000, 5_000, 2)]],
    ['another visit of the day', [logged(9_000, 9_900, 9)]],
    ['another visitor', [logged(4_000, 6_000, 9, 'ffffffffffffffff')]],
  ])('%s: it is not', async (_, visits) => {
    expect(await recorded(visits)).toBe(false);
  });

  it.each([{ a: 1 }, [{ visitorId: 1 }], null, 'x'])('%j is no answer', async (answer) => {
    const error = await recorded(answer).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ReportingError);
    expect(error).toMatchObject({ refused: true });
  });
});
