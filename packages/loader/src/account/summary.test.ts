import { defaultSettings, runSummary, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { Books } from './books.ts';
import { missedThreshold, summaryOf } from './summary.ts';

const settings: Settings = {
  ...defaultSettings,
  matomo_url: 'https://matomo.example/matomo.php',
  matomo_site_id: 3,
  matomo_token_auth: 'a-very-secret-token',
};

/** Books of so many accepted and so many refused hits, one a visit. */
function booksOf(accepted: number, rejected: number): Books {
  const books = new Books();
  for (let n = 0; n < accepted + rejected; n++) {
    books.tally.visitPlanned(1);
    if (n < accepted) books.tally.hitAccepted();
    else books.tally.hitNotAccepted('rejected', 'http_400', `visit ${n}`);
    books.tally.visitEnded(n < accepted);
    books.measured(n + 2, n + 1);
    books.late(1);
  }
  return books;
}

describe('the summary', () => {
  const facts = {
    run_id: 'live-abc',
    seed: 7,
    settings,
    exit_code: 4,
    exit_reason: 'It is over.',
    planned_per_day: 20_000,
    achieved_per_day: 19_999.96,
    started_at_ms: Date.UTC(2026, 5, 10),
    ended_at_ms: Date.UTC(2026, 5, 11),
    resumed_from: 12,
    notices: ['Something was left out.'],
    targets: [],
  };

  it('is what the contract promises, and adds up', () => {
    const summary = summaryOf(booksOf(98, 2), facts);
    expect(runSummary.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      visits: { planned: 100, delivered: 98, partial: 2, dropped: 0 },
      hits: { planned: 100, accepted: 98, rejected: 2, failed: 0, unknown: 0, dropped: 0 },
      reasons: [{ outcome: 'rejected', reason: 'http_400', count: 2, example: 'visit 98' }],
      rate: { planned_per_day: 20_000, achieved_per_day: 20_000 },
      started_at: '2026-06-10T00:00:00.000Z',
      resumed_from: 12,
      target: { url: 'https://matomo.example/matomo.php', site_id: 3 },
    });
    expect(summary.response_ms?.max).toBe(100);
    expect(summary.latency_ms?.max).toBe(101);
    expect(JSON.stringify(summary)).not.toContain('secret');
  });

  it('of a run that sent nothing has no durations', () => {
    const summary = summaryOf(new Books(), facts);
    expect(runSummary.parse(summary)).toEqual(summary);
    expect([summary.latency_ms, summary.response_ms, summary.lateness_ms]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('keeps its numbers when the books go on', () => {
    const books = booksOf(1, 1);
    const summary = summaryOf(books, facts);
    books.tally.visitPlanned(1);
    books.tally.hitNotAccepted('rejected', 'http_400', 'later');
    expect([summary.hits.planned, summary.reasons[0]?.count]).toEqual([2, 1]);
  });
});

describe('the thresholds', () => {
  const missed = (books: Books, changes: Partial<Settings>) =>
    missedThreshold(books, { ...settings, ...changes });

  it('hold for a run that delivered everything, or sent nothing', () => {
    expect(missed(booksOf(10, 0), {})).toBeNull();
    expect(missed(new Books(), { fail_if_p95_ms_above: 0.001 })).toBeNull();
  });

  it('of the error rate are missed by one hit more than tolerated', () => {
    expect(missed(booksOf(98, 2), { fail_if_error_rate_above: 0.02 })).toBeNull();
    expect(missed(booksOf(97, 3), { fail_if_error_rate_above: 0.02 })).toBe(
      '3 of 100 visits were not delivered in full (3 of 100 hits; FAIL_IF_ERROR_RATE_ABOVE=0.02).',
    );
    expect(missed(booksOf(99, 1), {})).toMatch(/^1 of 100 visits/);
  });

  it('of the response time are missed above, not at', () => {
    expect(missed(booksOf(100, 0), { fail_if_p95_ms_above: 95.1 })).toBeNull();
    expect(missed(booksOf(100, 0), { fail_if_p95_ms_above: 94.9 })).toBe(
      'The 95th percentile of the response time is 95 ms (FAIL_IF_P95_MS_ABOVE=94.9).',
    );
  });
});
