import { envNameOf, type SettingName } from '../settings/list.ts';
import { finding, type Rule } from './rule.ts';

/** What visitors do only after their first page. */
const afterFirstPage = [
  'sitesearch_probability',
  'outlinks_probability',
  'downloads_probability',
  'click_events_probability',
  'random_events_probability',
  'ecommerce_probability',
] as const satisfies readonly SettingName[];

/** Visits of one page have no special actions and no orders, so no more visits than the others can have them. */
export const sharesReachable: readonly Rule[] = afterFirstPage.map((name) => ({
  reads: [name, 'pageviews_min', 'pageviews_max'],
  check: (settings, given) => {
    const { pageviews_min: min, pageviews_max: max } = settings;
    const reachable = Math.max(0, max - Math.max(min, 2) + 1) / (max - min + 1);
    if (settings[name] <= reachable) return [];
    const most = Math.floor(reachable * 1_000) / 1_000;
    return [
      finding(given, [name, 'pageviews_min', 'pageviews_max'], 'share_unreachable', {
        message: `${envNameOf(name)} is ${settings[name]}, but only a share of ${most} of the visits has a second page, and one-page visits do nothing else.`,
        remedy: `Raise PAGEVIEWS_MIN to 2, or set ${envNameOf(name)} to ${most} or less.`,
      }),
    ];
  },
}));
