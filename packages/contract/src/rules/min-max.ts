import type { SettingName } from '../settings/list.ts';
import { envNameOf } from '../settings/list.ts';
import { finding, type Rule } from './rule.ts';

const pairs: readonly (readonly [SettingName, SettingName])[] = [
  ['pageviews_min', 'pageviews_max'],
  ['visit_duration_min', 'visit_duration_max'],
  ['pause_between_pvs_min', 'pause_between_pvs_max'],
  ['ecommerce_order_value_min', 'ecommerce_order_value_max'],
  ['ecommerce_items_min', 'ecommerce_items_max'],
];

/** The least of something is not above its most. */
export const minNotAboveMax: readonly Rule[] = pairs.map(([min, max]) => ({
  reads: [min, max],
  check: (settings, given) => {
    const [least, most] = [settings[min] as number, settings[max] as number];
    if (least <= most) return [];
    return [
      finding(given, [min, max], 'min_above_max', {
        message: `${envNameOf(min)} (${least}) is above ${envNameOf(max)} (${most}).`,
        remedy: remedyFor(given.has(min), given.has(max), min, max),
      }),
    ];
  },
}));

/** Whoever wrote one of the two may not know that the other has a default. */
function remedyFor(minGiven: boolean, maxGiven: boolean, min: string, max: string): string {
  if (minGiven && !maxGiven) return `Set ${envNameOf(max)} as well; its default is below.`;
  if (maxGiven && !minGiven) return `Set ${envNameOf(min)} as well; its default is above.`;
  return 'Exchange the two or change one of them.';
}
