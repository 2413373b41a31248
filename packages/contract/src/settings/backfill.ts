import {
  boolean,
  integer,
  number,
  numberList,
  optionalInteger,
  optionalNumber,
  optionalText,
} from './define.ts';

/** Traffic into the past. */
export const backfill = {
  backfill_enabled: boolean({
    label: 'Backfill instead of live',
    help: 'true: `run` fills the window below, as the `backfill` command does, and then ends.',
    default: false,
  }),
  backfill_start_date: optionalText({
    format: 'date',
    label: 'First day',
    help: 'First day of the window, YYYY-MM-DD, a calendar day of the site. Goes with BACKFILL_END_DATE.',
  }),
  backfill_end_date: optionalText({
    format: 'date',
    label: 'Last day',
    help: 'Last day of the window, itself included; today at the latest.',
  }),
  backfill_days_back: optionalInteger({
    label: 'Days back',
    help: 'The window begins so many days ago: 1 is yesterday. Goes with BACKFILL_DURATION_DAYS, instead of the dates.',
    unit: 'days',
    min: 1,
    max: 3_660,
  }),
  backfill_duration_days: optionalInteger({
    label: 'Duration',
    help: 'Length of the window that begins BACKFILL_DAYS_BACK days ago.',
    unit: 'days',
    min: 1,
    max: 3_660,
  }),
  backfill_max_visits_per_day: integer({
    label: 'Daily cap of a backfill',
    help: 'Most visits on a day of the window. The days follow TARGET_VISITS_PER_DAY, the weekday and the growth below it. 0 = no cap.',
    unit: 'visits/day',
    default: 2_000,
    min: 0,
    max: 100_000_000,
  }),
  backfill_max_visits_total: integer({
    label: 'Visits of a backfill in all',
    help: 'Most visits in the whole window; the days after it stay empty. 0 = no cap.',
    unit: 'visits',
    default: 200_000,
    min: 0,
    max: 1_000_000_000,
  }),
  backfill_weekday_factors: numberList({
    label: 'Weekday factors',
    help: 'How busy the days from Monday to Sunday are, relative to one another; seven numbers.',
    default: [1.08, 1.1, 1.09, 1.06, 0.98, 0.82, 0.87],
    min: 0,
    max: 100,
  }),
  backfill_growth_per_year: number({
    label: 'Growth per year',
    help: 'How much more visits a day a year later has: 0.2 is 20 % more, −0.1 is 10 % less.',
    unit: 'share',
    default: 0,
    min: -0.99,
    max: 100,
  }),
  backfill_rps_limit: optionalNumber({
    label: 'Requests per second',
    help: 'Most HTTP requests per second; a bulk request with many hits counts as one. Unset: as fast as Matomo answers.',
    unit: 'requests/s',
    min: 0.01,
    max: 10_000,
  }),
  backfill_hits_per_second: optionalNumber({
    label: 'Hits per second',
    help: 'Most hits per second, however they are packed. Unset: as fast as Matomo answers.',
    unit: 'hits/s',
    min: 0.01,
    max: 1_000_000,
  }),
  backfill_seed: optionalInteger({
    label: 'Seed of a backfill',
    help: 'The seed of the backfill; unset: SEED, and without that one drawn at the start and kept with the state.',
    min: 0,
    max: 2_147_483_647,
  }),
  backfill_run_once: boolean({
    label: 'Run once',
    help: 'Kept for older files: a backfill always ends when its window is filled.',
    default: false,
  }),
};
