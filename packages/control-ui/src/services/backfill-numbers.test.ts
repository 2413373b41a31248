import type { BackfillReport } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { keptOf, numbersKept, numbersLeft, numbersTold } from './backfill-numbers.ts';

const day = (date: string, visits: number) => ({
  date,
  planned_visits: visits,
  visits,
  hits: 3 * visits,
  accepted: 3 * visits - 1,
  rejected: 1,
  failed: 0,
  unknown: 0,
  negative_visits: 0,
  negative_hits: 0,
});
const reportOf = (url: string, change: Partial<BackfillReport> = {}): BackfillReport => ({
  run_id: `r ${url}`,
  state: 'finished',
  exit_code: 0,
  exit_reason: 'All visits are sent.',
  target: { url, site_id: 1 },
  timezone: 'UTC',
  window: { first_day: '2026-05-01', last_day: '2026-05-02', days: 2 },
  seed: 7,
  delivery: 'bulk',
  visits: { planned: 20, done: 20, remaining: 0 },
  hits: { done: 60, accepted: 58, rejected: 2, failed: 0, unknown: 0 },
  reasons: [{ outcome: 'rejected', reason: 'not_valid', count: 2 }],
  known_by: { answer: 58, visitor_log: 0, queue: 0 },
  rate: { visits_per_second: 10.5, hits_per_second: 31.5, requests_per_second: 1 },
  eta_seconds: null,
  funnels: [],
  negative: { visits: 0, hits: 0 },
  days: [day('2026-05-01', 10), day('2026-05-02', 10)],
  journeys: [],
  plugins: [],
  started_at: '2026-06-01T12:00:00.000Z',
  updated_at: '2026-06-01T12:01:00.000Z',
  ended_at: '2026-06-01T12:01:00.000Z',
  notices: ['a notice'],
  next_steps: ['a step'],
  ...change,
});
const [first, second] = ['https://a.example/matomo.php', 'https://b.example/matomo.php'] as const;
const settings = {
  targets: JSON.stringify([
    { name: 'shop', url: first, site_id: 1 },
    { name: 'blog', url: second, site_id: 1 },
  ]),
};

it('adds up the reports of several targets, and joins their days and reasons', () => {
  const late = {
    started_at: '2026-06-01T11:59:00.000Z',
    ended_at: '2026-06-01T12:05:00.000Z',
    window: { first_day: '2026-05-02', last_day: '2026-05-03', days: 2 },
    days: [day('2026-05-02', 5), day('2026-05-03', 15)],
  };
  const left = [reportOf(second, late), reportOf(first)];
  const numbers = numbersLeft(left, settings, numbersTold(null));
  expect(numbers?.targets.map(({ name, report }) => [name, report?.target.url])).toEqual([
    ['shop', first],
    ['blog', second],
  ]);
  expect(numbers?.report).toMatchObject({
    state: 'finished',
    visits: { planned: 40, done: 40, remaining: 0 },
    hits: { done: 120, accepted: 116, rejected: 4 },
    window: { first_day: '2026-05-01', last_day: '2026-05-03', days: 3 },
    reasons: [{ outcome: 'rejected', reason: 'not_valid', count: 4 }],
    started_at: '2026-06-01T11:59:00.000Z',
    ended_at: '2026-06-01T12:05:00.000Z',
    notices: ['a notice'],
  });
  expect(numbers?.report?.days.map(({ date, visits }) => [date, visits])).toEqual([
    ['2026-05-01', 10],
    ['2026-05-02', 15],
    ['2026-05-03', 15],
  ]);
  // What is kept of the run reads as the same.
  expect(numbersKept(numbers && keptOf(numbers))).toEqual(numbers);
});

it('is called by the target that is in trouble, and is not over before the last one is', () => {
  const told = (trouble: string | null, state: BackfillReport['state']) =>
    numbersTold({
      kind: 'backfills',
      status: {
        targets: [
          { name: 'shop', report: reportOf(first, { state, ended_at: null }), trouble: null },
          { name: 'blog', report: null, trouble },
        ],
      },
    } as never).report;
  expect(told('no token', 'running')).toMatchObject({ state: 'running', ended_at: null });
  expect(told('no token', 'finished')).toMatchObject({ state: 'halted' });
  expect(told(null, 'stopped')).toMatchObject({ state: 'stopped' });
});

it('is the only target’s report as it is', () => {
  const report = reportOf(first);
  const alone = { matomo_url: first, matomo_site_id: 1 };
  expect(numbersLeft([report], alone, numbersTold(null))).toEqual({ report, targets: [] });
  expect(numbersTold({ kind: 'backfill', report })).toEqual({ report, targets: [] });
  expect(keptOf({ report, targets: [] })).toEqual(report);
  expect(keptOf(numbersTold(null))).toBeNull();
  expect(numbersLeft([], alone, numbersTold(null))).toBeNull();
});
