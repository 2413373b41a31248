import type { BackfillReport } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import type { Log } from '../edge/log.ts';
import { backfillProgress } from './backfill-progress.ts';

const report = {
  window: { first_day: '2026-03-01', last_day: '2026-03-31', days: 31 },
  visits: { planned: 33_000, done: 12_300, remaining: 20_700 },
  hits: { done: 78_000, accepted: 77_990, rejected: 4, failed: 5, unknown: 1 },
  rate: { visits_per_second: 410.2, hits_per_second: 2_700, requests_per_second: 13 },
  eta_seconds: 50,
  days: [
    { date: '2026-03-01', hits: 70_000 },
    { date: '2026-03-04', hits: 8_000 },
    { date: '2026-03-05', hits: 0 },
  ],
} as unknown as BackfillReport;

function ground(isTTY: boolean, json = false) {
  const written: string[] = [];
  const logged: unknown[] = [];
  const stream = { isTTY, columns: 200, write: (text: string) => written.push(text) };
  const log = { info: (fields: object, message: string) => logged.push([message, fields]) };
  const progress = backfillProgress(
    stream as unknown as NodeJS.WriteStream,
    log as unknown as Log,
    json,
  );
  return { progress, written, logged };
}

describe('progress', () => {
  it('is one line that updates on a terminal, and is gone at the end', () => {
    const { progress, written, logged } = ground(true);
    progress.show(report);
    progress.show(report);
    progress.end();
    expect(written[0]).toBe(
      '\r\x1b[2K2026-03-04  37 %  12,300 of 33,000 visits  410 visits/s  2,700 hits/s  10 errors  50 s left',
    );
    expect(written.slice(1)).toEqual([written[0], '\r\x1b[2K']);
    expect(logged).toEqual([]);
  });

  it.each([
    [false, false],
    [true, true],
  ])('is a log line now and then elsewhere (terminal: %s, --json: %s)', (isTTY, json) => {
    const { progress, written, logged } = ground(isTTY, json);
    for (let beat = 0; beat < 21; beat++) progress.show(report);
    progress.end();
    expect(written).toEqual([]);
    expect(logged).toHaveLength(3);
    expect(logged[0]).toEqual([
      'progress',
      {
        day: '2026-03-04',
        percent: '37',
        visits: report.visits,
        hits: report.hits,
        rate: report.rate,
        eta_seconds: 50,
      },
    ]);
  });
});

it.each([
  [0, '0 s'],
  [89.4, '89 s'],
  [90, '2 min'],
  [5_340, '89 min'],
  [11_100, '3 h 05 min'],
])('%d s left are %s', (eta_seconds, text) => {
  const { progress, written } = ground(true);
  progress.show({ ...report, eta_seconds });
  expect(written[0]).toMatch(new RegExp(`  ${text} left$`));
});
