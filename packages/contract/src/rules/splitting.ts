import type { SettingName } from '../settings/list.ts';
import { finding, type Rule } from './rule.ts';

/**
 * Matomo starts a new visit after a gap of 30 minutes: 1,800 s splits, 1,799 s does not, and pings
 * do not keep a visit open (both measured on Matomo 5.2).
 */
const splitMinutes = 30;

/** A visit divides its duration among its pages with random weights from this range. */
const lightest = 0.5;
const heaviest = 1.5;

/** The share of the duration that one of n pages gets if it weighs `own` and all others `others`. */
const shareOf = (pages: number, own: number, others: number): number =>
  own / (own + others * (pages - 1));

const fields = [
  'visit_duration_max',
  'visit_duration_min',
  'pageviews_min',
  'pageviews_max',
] as const satisfies readonly SettingName[];

/**
 * Gaps between page views that Matomo takes for the end of a visit. The last page's share is no gap.
 * In compressed pacing the hits carry the simulated times, so the same holds.
 */
export const visitsStayWhole: Rule = {
  reads: fields,
  check: (settings, given) => {
    if (settings.pageviews_max < 2) return [];
    const fewest = Math.max(2, settings.pageviews_min);
    const longestShare = shareOf(fewest, heaviest, lightest);
    const longest = settings.visit_duration_max * longestShare;
    if (longest < splitMinutes) return [];

    // The most even case: all gaps as short as they can be, the rest of the stay on the last page.
    const most = settings.pageviews_max;
    const surest = lightest / (lightest * (most - 1) + heaviest);
    const always = settings.visit_duration_min * surest >= splitMinutes;
    const allowed = Math.ceil(splitMinutes / longestShare) - 1;
    const message = always
      ? 'Every visit of two or more pages has page views that are 30 minutes or more apart, and Matomo counts a new visit after such a gap.'
      : `Page views of one visit can be up to ${Math.floor(longest)} minutes apart, and Matomo counts a new visit after 30 minutes.`;
    const names = always ? 'VISIT_DURATION_MIN and VISIT_DURATION_MAX' : 'VISIT_DURATION_MAX';
    const remedy = `Set ${names} to ${allowed} or less, or raise PAGEVIEWS_MIN.`;
    return [
      finding(given, fields, always ? 'visits_always_split' : 'visits_may_split', {
        message,
        remedy,
      }),
    ];
  },
};
