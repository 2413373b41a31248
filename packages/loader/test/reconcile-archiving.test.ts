import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilledSite } from './filled-site.ts';
import { LateReports, nothingYet } from './late-reports.ts';

let site: FilledSite;
let late: LateReports;
beforeEach(async () => {
  site = await FilledSite.start();
  late = await LateReports.before(site.matomo.url);
  site.tracker_url = late.tracker_url;
  late.reports = nothingYet;
  expect(await site.backfill()).toBe(0);
  late.reads = 0;
});
afterEach(async () => {
  await late.close();
  await site.close();
});

describe('reports that stay empty', () => {
  it('were not archived: the visits are in the log', async () => {
    const { exitCode, report, text } = await site.reconcile({ wait: 60 });
    expect(exitCode).toBe(5);
    expect(report.reads).toBe(2);
    expect(site.clock.waits_ms).toEqual([2_000]);
    expect(report.days.different).toBe(4);
    for (const { causes } of report.differences) {
      expect(causes.map(({ code }) => code)).toEqual(['not_archived']);
    }
    expect(text).toContain(
      './console core:archive --force-idsites=1 --force-date-range=2025-03-28,2025-03-31',
    );
  });

  it('have nothing to be made from when the log is empty too', async () => {
    site.matomo.store.reset();
    const { report } = await site.reconcile();
    for (const { causes } of report.differences) {
      expect(causes).toMatchObject([
        { code: 'not_recorded', text: expect.stringContaining('Delete old raw data') },
      ]);
    }
  });
});

describe('reports that come in', () => {
  it('are waited for', async () => {
    /** Each read has the visits of one day more. */
    late.reports = (answers, read) =>
      answers.map((answer) =>
        Object.fromEntries(
          Object.entries(answer as Record<string, unknown>).filter(
            ([day]) => day < `2025-03-${28 + read}`,
          ),
        ),
      );
    const { exitCode, report } = await site.reconcile({ wait: 60 });
    expect(report.reads).toBe(5);
    expect(exitCode).toBe(0);
  });

  it('are told as moving when the time is over', async () => {
    const half = (answers: unknown[]) =>
      answers.map((answer) =>
        Object.fromEntries(
          Object.entries(answer as Record<string, unknown>).filter(([day]) => day < '2025-03-30'),
        ),
      );
    late.reports = (answers, read) => (read === 0 ? nothingYet(answers) : half(answers));
    const { exitCode, report } = await site.reconcile({ wait: 1 });
    expect(exitCode).toBe(5);
    expect(site.clock.waits_ms).toEqual([1_000]);
    expect(report.notices.join()).toContain('still moving');
  });
});

describe('reports that are older than the last hits', () => {
  it('are behind the log, which has all visits', async () => {
    late.reports = (answers) =>
      answers.map((answer, call) => {
        const days = answer as Record<string, { nb_visits?: number }>;
        if (call > 0 || days['2025-03-29'] === undefined) return answer;
        const visits = (days['2025-03-29'].nb_visits ?? 0) - 3;
        return { ...days, '2025-03-29': { ...days['2025-03-29'], nb_visits: visits } };
      });
    const { report } = await site.reconcile();
    expect(report.differences).toMatchObject([
      {
        date: '2025-03-29',
        metrics: [{ metric: 'visits', difference: -3 }],
        causes: [{ code: 'not_archived', text: expect.stringContaining('log has all the visits') }],
      },
    ]);
  });

  it('may be those of new and returning visits alone: segments', async () => {
    late.reports = (answers) => answers.map((answer, call) => (call === 1 ? [] : answer));
    const { report } = await site.reconcile();
    expect(report.days.different).toBe(4);
    for (const { causes, metrics } of report.differences) {
      expect(causes.map(({ code }) => code)).toEqual(['segments_not_archived']);
      expect(metrics.map(({ metric }) => metric)).toEqual(['new_visits']);
    }
  });
});

describe('reports that Matomo does not give', () => {
  it('are left out, with the reason', async () => {
    late.reports = (answers) =>
      answers.map((answer, call) =>
        call === 3 ? { result: 'error', message: 'The plugin Events is not activated.' } : answer,
      );
    const { exitCode, report } = await site.reconcile();
    expect(exitCode).toBe(0);
    expect(report.metrics).not.toContain('events');
    expect(report.not_compared).toEqual([
      {
        metric: 'events',
        reason: 'Matomo does not give Events.getCategory: The plugin Events is not activated.',
        days: null,
      },
    ]);
  });
});

describe('reports that Matomo gives in one read and not in another', () => {
  const plugin = { result: 'error', message: 'The plugin Events is not activated.' };
  /** Numbers move in the first read, so there is another one. */
  const refusedIn = (refused: number) => (answers: unknown[], read: number) =>
    answers.map((answer, call) => {
      if (call === 3 && read === refused) return plugin;
      const { '2025-03-28': first, ...rest } = answer as Record<string, unknown>;
      return read === 0 ? rest : { '2025-03-28': first, ...rest };
    });

  it.each([0, 1])('are compared on no day, refused in read %d', async (refused) => {
    late.reports = refusedIn(refused);
    const { exitCode, report } = await site.reconcile({ wait: 60 });
    expect(exitCode).toBe(0);
    expect(report.reads).toBe(2);
    expect(report.metrics).not.toContain('events');
    expect(report.not_compared).toMatchObject([{ metric: 'events', days: null }]);
  });
});

describe('a year', () => {
  it('is asked for month by month', async () => {
    const other = await FilledSite.start();
    other.tracker_url = late.tracker_url;
    late.reports = (answers) => answers;
    try {
      const year = [
        'BACKFILL_START_DATE=2024-01-01',
        'BACKFILL_END_DATE=2024-12-31',
        'TARGET_VISITS_PER_DAY=2',
        'BACKFILL_SEED=5',
      ];
      expect(await other.backfill(year)).toBe(0);
      // The baseline has a day more on either side.
      expect(late.reads).toBe(12);
      const { report, text } = await other.reconcile();
      expect(late.reads).toBe(24);
      expect(report.differences).toEqual([]);
      expect(report.days.compared).toBe(366);
      expect(text).toContain('366 of 366 days equal');
      expect(text.split('\n').length).toBeLessThan(15);
    } finally {
      await other.close();
    }
  });
});
