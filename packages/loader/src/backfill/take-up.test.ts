import { defaultSettings, type Settings, type Target, targetsOf } from '@trafficinator/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteBatchJournal } from '../account/batches/batch-journal.ts';
import { Failure } from '../edge/failure.ts';
import { newSeed } from '../edge/identity.ts';
import { type TakeUpFacts, takeUp } from './take-up.ts';

let journal: SqliteBatchJournal;
beforeEach(() => {
  journal = new SqliteBatchJournal(':memory:');
});
afterEach(() => journal.close());

const base: Settings = {
  ...defaultSettings,
  matomo_url: 'http://matomo.test/matomo.php',
  backfill_days_back: 10,
  backfill_duration_days: 5,
};
const { features } = targetsOf(base).list.targets[0] as Target;
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const facts = (
  date: string,
  changes: Partial<Settings> = {},
  more: Partial<TakeUpFacts> = {},
): TakeUpFacts => ({
  settings: { ...base, ...changes },
  seed: changes.backfill_seed ?? changes.seed ?? null,
  newSeed,
  features,
  zone: 'Europe/Stockholm',
  now_ms: noon(date),
  cut_ms: noon(date) - 2_000,
  material: 'digest',
  lanes: 2,
  restart: false,
  report: null,
  ...more,
});
const begin = (...args: Parameters<typeof facts>) => takeUp(journal, facts(...args));
const failureOf = (...args: Parameters<typeof facts>) => {
  try {
    begin(...args);
  } catch (error) {
    if (error instanceof Failure) return error.problems[0];
    throw error;
  }
  throw new Error('nothing went wrong');
};

describe('a new backfill', () => {
  it('fixes its dates by the site’s day, its seed, its lanes and the moment it began', () => {
    const { backfill, window, resumed } = begin('2026-06-20');
    expect(resumed).toBe(false);
    expect(window).toEqual({ first_day: '2026-06-10', last_day: '2026-06-14', days: 5 });
    expect(backfill).toMatchObject({
      zone: 'Europe/Stockholm',
      first_day: '2026-06-10',
      days: 5,
      cut_ms: noon('2026-06-20') - 2_000,
      lanes: 2,
      started_at_ms: noon('2026-06-20'),
      ended_at_ms: null,
    });
    expect(backfill.run_id).toMatch(/^backfill-/);
    expect(backfill.seed).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(backfill.settings)).not.toContain('token');
  });

  it('begins with the site’s date, which may be tomorrow’s', () => {
    const late_ms = Date.parse('2026-06-20T22:30:00Z');
    const one = { backfill_days_back: 1, backfill_duration_days: 1 };
    expect(begin('2026-06-20', one, { now_ms: late_ms }).window.first_day).toBe('2026-06-20');
  });

  it.each([
    [{ backfill_seed: 7, seed: 8 }, 7],
    [{ seed: 8 }, 8],
    [{ backfill_seed: 0 }, 0],
  ])('takes the seed of %j', (changes, seed) => {
    expect(begin('2026-06-20', changes).backfill.seed).toBe(seed);
  });

  it('of a window that cannot be is refused, and nothing is forgotten', () => {
    const { backfill } = begin('2026-06-20');
    journal.end(noon('2026-06-20'));
    const future = { backfill_days_back: 2, backfill_duration_days: 9 };
    expect(failureOf('2026-06-20', future)?.code).toBe('backfill_window_in_future');
    expect(journal.latest()?.run_id).toBe(backfill.run_id);
  });
});

describe('an unfinished backfill', () => {
  it('goes on with its dates on a later day, whatever the settings of how it is sent', () => {
    const { backfill, window } = begin('2026-06-20');
    const later = begin('2026-06-23', { bulk_size: 20, on_unknown: 'skip', log_level: 'DEBUG' });
    expect(later).toMatchObject({ resumed: true, backfill, window, warnings: [] });
  });

  it('goes on with the zone and the lanes that it was begun with, and says so', () => {
    const { backfill } = begin('2026-06-20');
    const later = begin('2026-06-21', {}, { zone: 'UTC', lanes: 4 });
    expect(later.backfill).toEqual(backfill);
    expect(later.warnings).toHaveLength(2);
    expect(later.warnings[0]).toContain(
      'UTC now; the backfill goes on with the days of Europe/Stockholm',
    );
  });

  it.each([
    [{ pageviews_max: 9 }, {}, 'PAGEVIEWS_MAX', 'pageviews_max'],
    [
      { backfill_duration_days: 6, target_visits_per_day: 5 },
      {},
      'TARGET_VISITS_PER_DAY, BACKFILL_DURATION_DAYS',
      'backfill_duration_days',
    ],
    [{ backfill_seed: 99 }, {}, 'BACKFILL_SEED', 'backfill_seed'],
    [{}, { material: 'other' }, 'the pages of URLS_FILE', 'material'],
    [{}, { features: { ...features, ecommerce: false } }, 'the target’s features', 'features_off'],
  ])('with other settings is refused, and they are named: %j', (changes, more, named, field) => {
    const { backfill } = begin('2026-06-20', { backfill_seed: 4 });
    const found = failureOf('2026-06-20', { backfill_seed: 4, ...changes }, more);
    expect(found).toMatchObject({ code: 'state_of_other_settings', severity: 'error' });
    expect(found?.message).toBe(
      `Backfill ${backfill.run_id} is unfinished and was begun with other settings (${named}).`,
    );
    expect(found?.fields).toContain(field);
    expect(found?.remedy).toContain('--restart');
    expect(journal.latest()).toEqual(backfill);
  });

  it('is forgotten with --restart', () => {
    const { backfill } = begin('2026-06-20');
    const again = begin('2026-06-21', { pageviews_max: 9 }, { restart: true });
    expect(again.resumed).toBe(false);
    expect(again.backfill.run_id).not.toBe(backfill.run_id);
    expect(again.warnings).toEqual([]);
  });

  it('is forgotten with a warning if its visits would be sent once more', () => {
    begin('2026-06-20', { seed: 5 });
    const again = begin('2026-06-20', { seed: 5 }, { restart: true });
    expect(again.warnings).toHaveLength(1);
    expect(again.warnings[0]).toContain('same seed (5)');
  });
});

describe('a finished backfill', () => {
  const finish = (changes: Partial<Settings> = {}) => {
    const { backfill } = begin('2026-06-20', changes);
    journal.end(noon('2026-06-20'));
    return backfill;
  };

  it('is not filled once more by the same command, on the same day or while days are in common', () => {
    const backfill = finish();
    for (const date of ['2026-06-20', '2026-06-21', '2026-06-24']) {
      expect(begin(date)).toMatchObject({ resumed: true, backfill: { run_id: backfill.run_id } });
    }
  });

  it('makes room for the next window of the same words when that has none of its days', () => {
    const backfill = finish();
    const next = begin('2026-06-25');
    expect(next.resumed).toBe(false);
    expect(next.window.first_day).toBe('2026-06-15');
    expect(next.backfill.run_id).not.toBe(backfill.run_id);
  });

  it('of dates is not filled once more on any later day', () => {
    const dates = {
      backfill_days_back: null,
      backfill_duration_days: null,
      backfill_start_date: '2026-06-01',
      backfill_end_date: '2026-06-05',
    };
    finish(dates);
    expect(begin('2026-12-24', dates).resumed).toBe(true);
  });

  it('makes room for other settings', () => {
    finish();
    expect(begin('2026-06-20', { pageviews_max: 9 }).resumed).toBe(false);
  });
});

describe('a journal that has lost its memory', () => {
  const report = { run_id: 'backfill-lost', state: 'running' } as const;

  it('is noticed by the report beside it: beginning anew would send everything twice', () => {
    const found = failureOf('2026-06-20', {}, { report });
    expect(found).toMatchObject({ code: 'state_unusable' });
    expect(found?.message).toContain('backfill-lost (running)');
    expect(found?.remedy).toContain('--restart');
  });

  it('is begun anew with --restart', () => {
    expect(begin('2026-06-20', {}, { report, restart: true }).resumed).toBe(false);
  });
});
