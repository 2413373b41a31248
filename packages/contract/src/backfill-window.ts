import { addDays, daysBetween } from './calendar-date.ts';
import { type Problem, type ProblemParts, problem } from './problem.ts';
import type { ProblemCode } from './problem-table.ts';
import type { SettingName, Settings } from './settings/list.ts';

/** The days that a backfill fills, both included: `YYYY-MM-DD`, calendar days of the site. */
export interface BackfillWindow {
  readonly first_day: string;
  readonly last_day: string;
  readonly days: number;
}

const longest_days = 3_660;
const warned_days = 180;
/** Matomo records what is 20 years old or older as now, without a word; some days are left for leap years. */
const oldest_days = 7_290;

type WindowSettings = Pick<
  Settings,
  | 'backfill_start_date'
  | 'backfill_end_date'
  | 'backfill_days_back'
  | 'backfill_duration_days'
  | 'backfill_max_visits_per_day'
  | 'backfill_max_visits_total'
  | 'backfill_weekday_factors'
>;

/**
 * The window that the settings ask for, and everything that is wrong with it; null when it is unusable.
 * `today` is the site's date. This is the one place where the window's rules are checked.
 */
export function backfillWindow(
  settings: WindowSettings,
  today: string,
): { readonly window: BackfillWindow | null; readonly problems: readonly Problem[] } {
  const others = otherProblems(settings);
  const found = bounds(settings, today);
  if ('code' in found) return { window: null, problems: [found, ...others] };
  const days = daysBetween(found.first_day, found.last_day) + 1;
  const problems = [...boundsProblems(found, days, today), ...others];
  const usable = problems.every((p) => p.severity !== 'error');
  return { window: usable ? { ...found, days } : null, problems };
}

function bounds(
  settings: WindowSettings,
  today: string,
): Pick<BackfillWindow, 'first_day' | 'last_day'> | Problem {
  const { backfill_start_date: start, backfill_end_date: end } = settings;
  const { backfill_days_back: back, backfill_duration_days: duration } = settings;
  const absolute = start !== null || end !== null;
  const relative = back !== null || duration !== null;
  if (absolute && relative) {
    return windowProblem('backfill_window_twice', allFields, {
      message: 'The window is given twice: by dates and by days back.',
      remedy:
        'Keep BACKFILL_START_DATE and BACKFILL_END_DATE, or BACKFILL_DAYS_BACK and BACKFILL_DURATION_DAYS.',
    });
  }
  if (start !== null && end !== null) return { first_day: start, last_day: end };
  if (back !== null && duration !== null) {
    const first_day = addDays(today, -back);
    return { first_day, last_day: addDays(first_day, duration - 1) };
  }
  if (absolute) return incomplete('backfill_start_date', 'backfill_end_date', start === null);
  if (relative) return incomplete('backfill_days_back', 'backfill_duration_days', back === null);
  return windowProblem('backfill_window_missing', allFields, {
    message: 'No window is given.',
    remedy:
      'Set BACKFILL_DAYS_BACK=30 and BACKFILL_DURATION_DAYS=30, or BACKFILL_START_DATE and BACKFILL_END_DATE.',
  });
}

function boundsProblems(
  { first_day, last_day }: Pick<BackfillWindow, 'first_day' | 'last_day'>,
  days: number,
  today: string,
): Problem[] {
  const found: Problem[] = [];
  if (days < 1) {
    found.push(
      windowProblem('backfill_window_reversed', ['backfill_start_date', 'backfill_end_date'], {
        message: `The window ends (${last_day}) before it begins (${first_day}).`,
        remedy: 'Exchange the two dates.',
      }),
    );
  }
  if (last_day > today) {
    found.push(
      windowProblem('backfill_window_in_future', allFields, {
        message: `The window ends on ${last_day}, after today (${today} at the site).`,
        remedy: 'End it today at the latest: Matomo records future times as now.',
      }),
    );
  }
  if (daysBetween(first_day, today) > oldest_days) {
    found.push(
      windowProblem('backfill_window_too_old', allFields, {
        message: `The window begins on ${first_day}, which is too long ago: what is 20 years old Matomo records as now.`,
        remedy: `Begin on ${addDays(today, -oldest_days)} at the earliest.`,
      }),
    );
  }
  if (days > longest_days) {
    found.push(
      windowProblem('backfill_window_too_long', allFields, {
        message: `The window has ${days} days; ${longest_days} (ten years) are the most.`,
        remedy: 'Fill it in several backfills.',
      }),
    );
  } else if (days > warned_days) {
    found.push(
      windowProblem('backfill_window_long', allFields, {
        message: `The window has ${days} days.`,
        remedy:
          'Matomo must archive each of them: plan time for that, and look whether old raw data is deleted there.',
      }),
    );
  }
  return found;
}

function otherProblems(settings: WindowSettings): Problem[] {
  const found: Problem[] = [];
  const { backfill_max_visits_per_day: perDay, backfill_max_visits_total: total } = settings;
  if (perDay > 0 && total > 0 && total < perDay) {
    found.push(
      windowProblem(
        'backfill_caps_contradict',
        ['backfill_max_visits_total', 'backfill_max_visits_per_day'],
        {
          message: `BACKFILL_MAX_VISITS_TOTAL (${total}) is below BACKFILL_MAX_VISITS_PER_DAY (${perDay}).`,
          remedy: 'Raise the total or lower the daily cap.',
        },
      ),
    );
  }
  const factors = settings.backfill_weekday_factors;
  if (factors.length !== 7 || !factors.some((factor) => factor > 0)) {
    found.push(
      windowProblem('backfill_weekdays_invalid', ['backfill_weekday_factors'], {
        message: `BACKFILL_WEEKDAY_FACTORS must be seven numbers, not all 0; it has ${factors.length}.`,
        remedy: 'Write one factor for each day from Monday to Sunday.',
      }),
    );
  }
  return found;
}

const allFields: readonly SettingName[] = [
  'backfill_start_date',
  'backfill_end_date',
  'backfill_days_back',
  'backfill_duration_days',
];

function incomplete(first: SettingName, second: SettingName, firstMissing: boolean): Problem {
  const missing = firstMissing ? first : second;
  return windowProblem('backfill_window_incomplete', [first, second], {
    message: `${missing.toUpperCase()} is missing.`,
    remedy: `${first.toUpperCase()} and ${second.toUpperCase()} go together: set both.`,
  });
}

const windowProblem = (
  code: ProblemCode,
  fields: readonly SettingName[],
  parts: ProblemParts,
): Problem => problem(code, { ...parts, fields });
