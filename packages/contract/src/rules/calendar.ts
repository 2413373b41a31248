import { usualHoliday } from '../day-levels.ts';
import { readDayList } from '../day-list.ts';
import { finding, type Rule } from './rule.ts';

const lists = [
  ['holidays', usualHoliday],
  ['spikes', null],
] as const;

/** The lists of days can be read. */
export const daysReadable: readonly Rule[] = lists.map(([name, usual]) => ({
  reads: [name],
  check: (settings, given) =>
    readDayList(name.toUpperCase(), settings[name], usual).mistakes.map((mistake) =>
      finding(given, [name], 'day_list_malformed', mistake),
    ),
}));

/** There are two growths, with other beginnings; a backfill would grow by both. */
export const growthOnce: Rule = {
  reads: ['growth_percent_per_year', 'backfill_growth_per_year'],
  check: (settings, given) => {
    if (settings.growth_percent_per_year === 0 || settings.backfill_growth_per_year === 0)
      return [];
    return [
      finding(given, ['growth_percent_per_year', 'backfill_growth_per_year'], 'growth_twice', {
        message: 'GROWTH_PERCENT_PER_YEAR and BACKFILL_GROWTH_PER_YEAR are both set.',
        remedy:
          'Keep one: with the first the last day of the window has the visits that were asked for, with the second the first day.',
      }),
    ];
  },
};
