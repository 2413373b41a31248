import type { BackfillReport } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { backfillText } from './backfill-text.ts';

const dayOf = (n: number) => ({
  date: new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10),
  planned_visits: 1_000,
  visits: n === 2 ? 400 : 1_000,
  hits: 6_300,
  accepted: 6_290,
  rejected: 4,
  failed: 5,
  unknown: 1,
  negative_visits: 0,
  negative_hits: 0,
});
const reportOf = (days: number, changes: Partial<BackfillReport> = {}): BackfillReport => ({
  run_id: 'backfill-1',
  state: 'finished',
  exit_code: 4,
  exit_reason: 'The window is filled, but 30 of 18900 hits were not accepted.',
  target: { url: 'http://matomo.test/matomo.php', site_id: 1 },
  timezone: 'Europe/Stockholm',
  window: { first_day: dayOf(1).date, last_day: dayOf(days).date, days },
  seed: 77,
  delivery: 'bulk',
  visits: { planned: 3_000, done: 2_400, remaining: 600 },
  hits: { done: 18_900, accepted: 18_870, rejected: 12, failed: 15, unknown: 3 },
  reasons: [
    { outcome: 'rejected', reason: 'refused', count: 12 },
    { outcome: 'failed', reason: 'rolled_back', count: 15 },
  ],
  known_by: { answer: 18_870, visitor_log: 0, queue: 0 },
  rate: { visits_per_second: 410.4, hits_per_second: 2_700, requests_per_second: 13.5 },
  eta_seconds: null,
  funnels: [],
  negative: { visits: 0, hits: 0 },
  days: Array.from({ length: days }, (_, n) => dayOf(n + 1)),
  journeys: [{ name: 'buyer', starts: 1_150, planned: 1_200 }],
  plugins: [
    { name: 'sale', errors: 3, first_error: 'Error: no', slow: 2, slowest_ms: 61.4 },
    { name: 'quiet', errors: 0, first_error: null, slow: 0, slowest_ms: 0.2 },
  ],
  started_at: '2026-06-10T10:00:00.000Z',
  updated_at: '2026-06-10T10:00:10.000Z',
  ended_at: '2026-06-10T10:00:10.000Z',
  notices: ['Something to know.'],
  next_steps: ['Do this.', 'Do that.'],
  ...changes,
});

describe('the report for people', () => {
  it('says how it ended, what adds up to what, each day, and what to do next', () => {
    expect(
      backfillText(reportOf(3)),
    ).toBe(`The window is filled, but 30 of 18900 hits were not accepted.

  window   2026-01-01 to 2026-01-03, 3 days in Europe/Stockholm
  visits   3,000 planned = 2,400 done + 600 remaining
  hits     18,900 done = 18,870 accepted + 12 rejected + 15 failed + 3 unknown
  rate     410 visits/s, 2,700 hits/s, 13.5 requests/s (bulk)
  rejected 12: refused
  failed   15: rolled_back
  journey  buyer: 1,150 of 1,200 planned begun
  plugin   sale failed in 3 visits, planned without it (first: Error: no)
  plugin   sale was slow in 2 visits, up to 61 ms
  run      backfill-1, seed 77

  day             visits      hits  accepted  rejected    failed   unknown
  2026-01-01       1,000     6,300     6,290         4         5         1
  2026-01-02         400     6,300     6,290         4         5         1  of 1,000 planned
  2026-01-03       1,000     6,300     6,290         4         5         1

Note:
  - Something to know.

Next:
  - Do this.
  - Do that.
`);
  });

  it('of a running one says since when, and nothing about what comes next', () => {
    const running = {
      state: 'running',
      exit_code: null,
      exit_reason: null,
      notices: [],
      next_steps: [],
    } as const;
    const text = backfillText(reportOf(1, { ...running, notices: [], next_steps: [] }));
    expect(text).toMatch(/^Running since 2026-06-10T10:00:00\.000Z\.\n/);
    expect(text).not.toMatch(/Note:|Next:/);
  });

  it('tells how far visitors came in funnels', () => {
    const planned = { starts: 1_200, steps: [1_200, 900], completions: 900 };
    const funnel = { name: 'Buy', starts: 1_199, steps: [1_199, 890], completions: 890, planned };
    const line = backfillText(reportOf(1, { funnels: [funnel] })).split('\n')[8];
    expect(line).toBe(
      '  funnel   Buy: 1,199 of 1,200 planned begun, 890 of 900 completed; by step 1,199 → 890',
    );
  });

  it('tells of the part that Matomo must not record', () => {
    const negative = { visits: 1_200, hits: 3_000 };
    expect(backfillText(reportOf(1, { negative }))).toContain(
      '  negative 1,200 of the visits and 3,000 of the hits done, which Matomo must not record',
    );
    expect(backfillText(reportOf(1))).not.toContain('negative');
  });

  it('of one that had nothing to send has no rate', () => {
    const rate = { visits_per_second: 0, hits_per_second: 0, requests_per_second: 0 };
    expect(backfillText(reportOf(1, { rate }))).not.toMatch(/^ {2}rate /m);
  });

  it('of a long window shows its first and last days, and where the others are', () => {
    const lines = backfillText(reportOf(41, { notices: [], next_steps: [] }))
      .trimEnd()
      .split('\n');
    expect(lines.filter((line) => /^ {2}2026-/.test(line))).toHaveLength(40);
    expect(lines).toContain('  … 1 more days; --json and the report file have them all');
    expect(lines.at(-1)).toContain('2026-02-10');
    expect(backfillText(reportOf(40))).not.toContain('more days');
  });
});
