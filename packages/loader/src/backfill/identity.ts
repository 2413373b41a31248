import type { SettingName, Settings, TargetFeatures } from '@trafficinator/contract';
import type { RememberedBackfill } from '../account/batches/batch.ts';

/** The settings that decide which hits a backfill has. Another value means another backfill. */
const deciding: readonly SettingName[] = [
  'matomo_url',
  'matomo_site_id',
  'randomize_visitor_countries',
  'target_visits_per_day',
  'traffic_shape',
  'traffic_shape_table',
  'pageviews_min',
  'pageviews_max',
  'visit_duration_min',
  'visit_duration_max',
  'urls_file',
  'sitesearch_probability',
  'outlinks_probability',
  'downloads_probability',
  'click_events_probability',
  'random_events_probability',
  'direct_traffic_probability',
  'ecommerce_probability',
  'ecommerce_order_value_min',
  'ecommerce_order_value_max',
  'ecommerce_items_min',
  'ecommerce_items_max',
  'ecommerce_tax_rate',
  'ecommerce_shipping_rates',
  'backfill_start_date',
  'backfill_end_date',
  'backfill_days_back',
  'backfill_duration_days',
  'backfill_max_visits_per_day',
  'backfill_max_visits_total',
  'backfill_weekday_factors',
  'backfill_growth_per_year',
];

/**
 * What is remembered to recognise the same backfill: the settings, the pages (`material`: their digest) and
 * what the target is spared, if anything. A window of `days back` is recognised by these words: its dates
 * were fixed when it began.
 */
export function decidingSettings(
  settings: Settings,
  material: string,
  features: TargetFeatures,
): Record<string, unknown> {
  const spared = Object.entries(features).flatMap(([name, on]) => (on ? [] : [name]));
  return {
    ...Object.fromEntries(deciding.map((name) => [name, settings[name]])),
    material,
    ...(spared.length > 0 && { features_off: spared }),
  };
}

/** How a person knows what differs. */
export function nameOfChange(name: string): string {
  if (name === 'material') return 'the pages of URLS_FILE';
  return name === 'features_off' ? 'the target’s features' : name.toUpperCase();
}

/** Names of what differs between a remembered backfill and the one that is asked for now. */
export function changedSince(
  remembered: RememberedBackfill,
  now: Readonly<Record<string, unknown>>,
  seed: number | null,
): string[] {
  const names = new Set([...Object.keys(remembered.settings), ...Object.keys(now)]);
  const changed = [...names].filter(
    (name) => JSON.stringify(remembered.settings[name]) !== JSON.stringify(now[name]),
  );
  if (seed !== null && seed !== remembered.seed) changed.push('backfill_seed');
  return changed;
}
