import { type BackfillReport, backfillStatus } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { type BackfillView, SeveralBackfills } from './several.ts';

const report = (changes: Partial<BackfillReport>): BackfillReport => ({
  run_id: 'r',
  state: 'running',
  exit_code: null,
  exit_reason: null,
  target: { url: 'http://a', site_id: 1 },
  timezone: 'UTC',
  window: { first_day: '2026-01-01', last_day: '2026-01-02', days: 2 },
  seed: 1,
  delivery: 'bulk',
  visits: { planned: 10, done: 4, remaining: 6 },
  hits: { done: 40, accepted: 37, rejected: 1, failed: 2, unknown: 0 },
  reasons: [
    { outcome: 'rejected', reason: 'refused', count: 1 },
    { outcome: 'failed', reason: 'http_503', count: 2 },
  ],
  known_by: { answer: 37, visitor_log: 0, queue: 0 },
  rate: { visits_per_second: 0.1, hits_per_second: 1.7, requests_per_second: 0.2 },
  eta_seconds: 60,
  funnels: [],
  negative: { visits: 1, hits: 3 },
  journeys: [],
  plugins: [],
  days: [],
  started_at: '2026-06-10T00:00:00.000Z',
  updated_at: '2026-06-10T00:00:00.000Z',
  ended_at: null,
  notices: [],
  next_steps: [],
  ...changes,
});

const fine = { ok: true, reason: 'running' };
const view = (changes: Partial<BackfillReport> = {}, health = fine): BackfillView => ({
  report: () => report(changes),
  live: () => health,
  ready: () => health,
});

function several(views: Readonly<Record<string, BackfillView | string | null>>): SeveralBackfills {
  const all = new SeveralBackfills(Object.keys(views));
  for (const [name, of] of Object.entries(views)) {
    if (typeof of === 'string') all.failed(name, of);
    else if (of !== null) all.begun(name, of);
  }
  return all;
}

describe('several backfills', () => {
  it('add up what Matomo must not record', () => {
    const { negative } = several({ a: view(), b: view(), c: null }).status();
    expect(negative).toEqual({ visits: 2, hits: 6 });
  });

  it('add up the visits on journeys and what plugins failed, but not how slow they are', () => {
    const part = (first_error: string) => ({
      journeys: [{ name: 'buyer', starts: 2, planned: 3 }],
      plugins: [{ name: 'p', errors: 2, first_error, slow: 4, slowest_ms: 60.5 }],
    });
    const { journeys, plugins } = several({
      a: view(part('one')),
      b: view(part('two')),
      c: view(),
    }).status();
    expect(journeys).toEqual([{ name: 'buyer', starts: 4, planned: 6 }]);
    expect(plugins).toEqual([
      { name: 'p', errors: 4, first_error: 'one', slow: 4, slowest_ms: 60.5 },
    ]);
  });

  it('add up how far visitors came in funnels', () => {
    const counts = { starts: 3, steps: [3, 2], completions: 2 };
    const buy = { name: 'Buy', ...counts, planned: { starts: 4, steps: [4, 2], completions: 2 } };
    const { funnels } = several({
      a: view({ funnels: [buy] }),
      b: view({ funnels: [buy] }),
      c: null,
    }).status();
    expect(funnels).toEqual([
      {
        name: 'Buy',
        starts: 6,
        steps: [6, 4],
        completions: 4,
        planned: { starts: 8, steps: [8, 4], completions: 4 },
      },
    ]);
  });

  it('are the sums of those that have begun, and each one’s report', () => {
    const second = view({
      eta_seconds: 90,
      rate: { visits_per_second: 0.2, hits_per_second: 1.6, requests_per_second: 0.1 },
      reasons: [{ outcome: 'failed', reason: 'http_503', count: 3 }],
      hits: { done: 20, accepted: 17, rejected: 0, failed: 3, unknown: 0 },
    });
    const status = several({ a: view(), b: second, c: 'It is not there.' }).status();
    expect(backfillStatus.parse(status)).toEqual(status);
    expect(status).toMatchObject({
      state: 'running',
      visits: { planned: 20, done: 8, remaining: 12 },
      hits: { done: 60, accepted: 54, rejected: 1, failed: 5, unknown: 0 },
      reasons: [
        { outcome: 'rejected', reason: 'refused', count: 1 },
        { outcome: 'failed', reason: 'http_503', count: 5 },
      ],
      rate: { visits_per_second: 0.3, hits_per_second: 3.3, requests_per_second: 0.3 },
      eta_seconds: 90,
    });
    expect(
      status.targets.map(({ name, report: of, trouble }) => [name, of?.run_id, trouble]),
    ).toEqual([
      ['a', 'r', null],
      ['b', 'r', null],
      ['c', undefined, 'It is not there.'],
    ]);
  });

  const finished = view({ state: 'finished', eta_seconds: null });
  it.each([
    ['running', { a: null, b: finished }, null],
    ['running', { a: view(), b: finished }, 60],
    ['running', { a: view(), b: null }, null],
    ['finished', { a: finished, b: finished }, null],
    ['stopped', { a: finished, b: view({ state: 'stopped' }) }, null],
    ['halted', { a: view({ state: 'stopped' }), b: view({ state: 'halted' }) }, null],
    ['halted', { a: finished, b: 'It is not there.' }, null],
  ])('are %s: %j', (state, views, eta_seconds) => {
    expect(several(views).status()).toMatchObject({ state, eta_seconds });
  });

  it('are ready while all that began take hits; what has ended need not turn', () => {
    const bad = { ok: false, reason: 'nothing has succeeded' };
    const ended = view({ state: 'finished' }, bad);
    const good = several({ a: ended, b: view(), c: null });
    expect([good.live(), good.ready()]).toEqual([fine, fine]);
    const troubled = several({ a: view(), b: view({}, bad) });
    expect(troubled.ready()).toEqual({ ok: false, reason: '“b”: nothing has succeeded' });
    const halted = several({ a: view(), b: view({ state: 'halted', exit_reason: 'No more.' }) });
    expect([halted.live().ok, halted.ready()]).toEqual([
      true,
      { ok: false, reason: '“b”: No more.' },
    ]);
    const failed = several({ a: view(), b: 'It is not there.' });
    expect([failed.live().ok, failed.ready().reason]).toEqual([true, '“b”: It is not there.']);
  });
});
