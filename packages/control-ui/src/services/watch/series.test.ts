import type { StatusSnapshot } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { Series } from './series.ts';

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
