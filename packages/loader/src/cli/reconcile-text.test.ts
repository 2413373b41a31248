import { addDays, type ReconcileReport } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { reconcileText, tableLines } from './reconcile-text.ts';

const command = './console core:archive --force-idsites=1 --force-date-range=2026-01-01,2026-12-31';
const differing = (date: string): ReconcileReport['differences'][number] => ({
  date,
  metrics: [
    {
      metric: 'visits',
      unit: 'count',
      report: 'VisitsSummary.get',
      planned: 1_212,
      recorded: 1_300,
      baseline: 100,
      difference: -12,
      cause: 'visits_missing',
    },
    {
      metric: 'order_revenue_minor',
      unit: 'money',
      report: 'Goals.get idGoal=ecommerceOrder',
      planned: 123_456,
      recorded: 123_461,
      baseline: 0,
      difference: 5,
      cause: 'unexplained',
    },
    {
      metric: 'sum_visit_length_seconds',
      unit: 'seconds',
      report: 'VisitsSummary.get',
      planned: 5_000,
      recorded: 4_000,
      baseline: 0,
      difference: -1_000,
      cause: 'visits_missing',
    },
  ],
  causes: [
    {
      code: 'visits_missing',
      label: '12 visits missing',
      text: `Twelve visits are not there, and that is a sentence long enough to be wrapped. Run ${command} now.`,
      missing_visits: [],
    },
    { code: 'unexplained', label: 'not known', text: 'Nobody knows.', missing_visits: [] },
  ],
});

const reportOf = (equal: number, different: number): ReconcileReport => {
  const dates = Array.from({ length: equal + different }, (_, n) => addDays('2026-01-01', n));
  return {
    ok: different === 0,
    exit_code: different === 0 ? 0 : 5,
    run_id: 'backfill-1',
    target: { url: 'https://matomo.example.test/matomo.php', site_id: 1 },
    timezone: 'UTC',
    window: {
      first_day: dates[0] as string,
      last_day: dates.at(-1) as string,
      days: dates.length,
    },
    finished: true,
    batches: 1_500,
    hits: { accepted: 123_456, uncertain: 0 },
    negative: { visits: 0, hits: 0 },
    baseline_taken_at: null,
    days: { compared: dates.length, equal, different },
    equal_days: dates.slice(0, equal).map((date) => ({ date, visits: 1_212, actions: 6_000 })),
    metrics: ['visits', 'actions'],
    totals: {
      visits: { planned: 1_212, recorded: 1_200 },
      actions: { planned: 6_000, recorded: 6_000 },
    },
    differences: dates.slice(equal).map(differing),
    not_compared: [
      { metric: 'events', reason: 'off', days: null },
      { metric: 'max_actions', reason: 'the day had data before', days: ['2026-01-01'] },
    ],
    notices: ['Something to know.'],
    reads: 1,
  };
};

describe('a table', () => {
  it('has planned, recorded, difference and cause of each metric, then the causes', () => {
    const lines = tableLines(differing('2026-01-04'));
    expect(lines.slice(0, 5)).toEqual([
      '2026-01-04 differs',
      '  metric             planned            recorded  difference  likely cause',
      '  visits               1,212  1,300 (100 before)         -12  12 visits missing',
      '  order revenue     1,234.56            1,234.61       +0.05  not known',
      '  sum visit length   5,000 s             4,000 s    -1,000 s  12 visits missing',
    ]);
    expect(lines.slice(5).join('\n')).toContain('not known: Nobody knows.');
  });

  it('does not break a command, whatever its length', () => {
    expect(tableLines(differing('2026-01-04')).some((line) => line.includes(command))).toBe(true);
  });
});

describe('the text', () => {
  it('lists the days of a short window in order', () => {
    const text = reconcileText(reportOf(2, 1), false);
    expect(text).toContain('  2026-01-02  equal     1,212 visits, 6,000 actions');
    expect(text.indexOf('2026-01-01  equal')).toBeLessThan(text.indexOf('2026-01-03  DIFFERS'));
    expect(text).toContain('  2026-01-03  DIFFERS   in 3 metrics');
    expect(text).toContain('  2 of 3 days equal');
    expect(text).toContain('Not compared: events (off).');
    expect(text).toContain('Not compared: max actions (1 day: the day had data before).');
    expect(text).toContain('Note: Something to know.');
    expect(text).toContain(
      'Not equal: 1 of 3 days differs; in all 1,200 of 1,212 visits and 6,000 of 6,000 actions are in the reports.',
    );
  });

  it('is short for a long window', () => {
    const lines = reconcileText(reportOf(226, 4), false).split('\n');
    expect(lines).toContain('  226 of 230 days equal');
    expect(lines.filter((line) => line.endsWith('differs'))).toHaveLength(4);
    const many = reconcileText(reportOf(0, 60), false);
    expect(many.split('\n').filter((line) => line.endsWith(' differs'))).toHaveLength(5);
    expect(many).toContain('55 more days differ; --json and --junit have their tables:');
    expect(many).toContain('  2026-01-06  3 metrics, visits -12: 12 visits missing, not known');
    expect(many).toContain('  … and 24 more');
    expect(reconcileText(reportOf(366, 0), false).split('\n').length).toBeLessThan(12);
  });
});
