import type { ComparedDay } from '../compare.ts';
import { differenceOf } from '../compare.ts';
import type { Rule } from './cause.ts';

const telling = ['visits', 'actions'] as const;

/**
 * Dates of days that have what a neighbour lacks: visits and actions are lost on one day and found on the
 * next one or the one before, and over all days nothing is missing.
 */
export function shiftedDays(days: readonly ComparedDay[]): ReadonlySet<string> {
  const sumOver = (some: readonly ComparedDay[], name: string) =>
    some.reduce((sum, day) => sum + differenceOf(day, name), 0);
  const touched = days.filter((day) => telling.some((name) => differenceOf(day, name) !== 0));
  const balanced = touched.length > 1 && telling.every((name) => sumOver(touched, name) === 0);
  return new Set(balanced ? touched.map(({ date }) => date) : []);
}

/** The days of the plan are not those of the reports. */
export const otherDays: Rule = ({ site, planned_zone, zone_differs, shifted }, open) => {
  const explains = [...open];
  if (zone_differs) {
    return [
      {
        code: 'zone_differs',
        label: 'timezone',
        text: `The backfill was planned in days of ${planned_zone}, and the site’s days are now those of ${site.timezone}: midnight falls elsewhere, and Matomo splits visits there. Set the site back to ${planned_zone}, or fill another window in the new zone.`,
        explains,
      },
    ];
  }
  if (!shifted) return [];
  return [
    {
      code: 'days_shifted',
      label: 'timezone',
      text: `All days together are as planned, and what this day lacks or has too much is on its neighbours: the reports were made with another midnight. The site’s timezone (${site.timezone}) was changed after they were archived: invalidate these days (./console core:invalidate-report-data) and archive again.`,
      explains,
    },
  ];
};
