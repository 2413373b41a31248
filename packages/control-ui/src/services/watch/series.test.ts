import type { BackfillReport, StatusSnapshot } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { countersOf, Series } from './series.ts';

function told(uptime_seconds: number, accepted: number, p95: number | null = null): StatusSnapshot {
  const hits = { planned: accepted + 2, accepted, rejected: 1, failed: 0, unknown: 0, dropped: 1 };
  return {
    run_id: 'r',
    uptime_seconds,
    visits: {
      planned: accepted,
      delivered: accepted,
      partial: 0,
      dropped: 0,
      in_flight: 3,
      waiting: 0,
    },
    hits: { ...hits, pending: 0 },
    response_ms: p95 === null ? null : { p50: 1, p95, p99: p95, max: p95 },
    lateness_ms: null,
  } as unknown as StatusSnapshot;
}
const at = (seconds: number, ...snapshots: StatusSnapshot[]) =>
  [seconds * 1000, new Map(snapshots.map((each, n) => [`loader-${n}`, each]))] as const;

it('counts what happened within each ten seconds, over all loaders', () => {
  const series = new Series();
  expect(series.add(...at(1_000, told(0, 0), told(0, 0)))).toEqual([]);
  expect(series.add(...at(1_009, told(9, 5, 40), told(9, 7, 60)))).toEqual([]);
  const [first] = series.add(...at(1_010, told(10, 6, 30), told(10, 8, 30)));
  expect(first).toMatchObject({
    at_seconds: 1_000,
    seconds: 10,
    visits: 12,
    accepted: 12,
    p95_ms: 60,
  });
  expect(first).toMatchObject({ in_flight: 6, rejected: 2, dropped: 2 });
  expect(series.flush()).toMatchObject([{ at_seconds: 1_010, accepted: 2 }]);
});

it('begins at zero with a loader that was started anew, and leaves out what it did not see', () => {
  const series = new Series();
  series.add(...at(1_000, told(5_000, 1_000)));
  series.add(...at(1_001, told(5_001, 1_003)));
  series.add(...at(1_002, told(1, 4)));
  expect(series.flush()).toMatchObject([{ accepted: 7 }]);
  expect(series.flush()).toEqual([]);
});

it('counts a backfill from its reports, without durations', () => {
  const report = (seconds: number, accepted: number) =>
    countersOf({
      run_id: 'r',
      visits: { planned: 100, done: accepted, remaining: 100 - accepted },
      hits: { done: accepted + 1, accepted, rejected: 1, failed: 0, unknown: 0 },
      started_at: '2026-05-01T12:00:00.000Z',
      updated_at: new Date(Date.UTC(2026, 4, 1, 12) + seconds * 1000).toISOString(),
    } as BackfillReport);
  const series = new Series();
  expect(series.add(1_000_000, new Map([['b', report(1, 5)]]))).toEqual([]);
  const [point] = series.add(1_010_000, new Map([['b', report(11, 30)]]));
  expect(point).toMatchObject({
    visits: 5,
    planned_visits: 5,
    accepted: 5,
    rejected: 1,
    p95_ms: null,
  });
  expect(series.flush()).toMatchObject([{ visits: 25, accepted: 25, rejected: 0, dropped: 0 }]);
});
