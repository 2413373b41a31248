import { createHash } from 'node:crypto';
import {
  type SettingName,
  type Settings,
  settingGroups,
  type TargetFeatures,
} from '@trafficinator/contract';
import type { RememberedBackfill } from '../account/batches/batch.ts';

/**
 * Settings that change no hit of a backfill: how hits are sent, when to stop, what concerns the process or
 * live traffic alone. Any other one decides which hits it has; another value means another backfill. The
 * seeds are compared apart, since a backfill may have drawn its own.
 */
const free: ReadonlySet<string> = new Set<SettingName>([
  ...(Object.keys(settingGroups.delivery) as SettingName[]),
  ...(Object.keys(settingGroups.limits) as SettingName[]),
  ...(Object.keys(settingGroups.runtime) as SettingName[]),
  'matomo_token_auth',
  'targets',
  'target_strategy',
  'reroute',
  'tls_ca_file',
  'tls_insecure',
  'allow_private_targets',
  'visit_pacing',
  'concurrency',
  'timezone',
  'seed',
  'shard',
  'run_started_at',
  'pause_between_pvs_min',
  'pause_between_pvs_max',
  'ecommerce_currency',
  'backfill_enabled',
  'backfill_rps_limit',
  'backfill_hits_per_second',
  'backfill_seed',
  'backfill_patience_seconds',
  'backfill_run_once',
  'plugin_budget_ms',
]);

/**
 * What is remembered to recognise the same backfill: the settings, the pages (`material`: their digest),
 * journeys and plugins (`behaviour`: the digest of their files) and what the target is spared, if anything. A window of `days back` is recognised by these words: its dates
 * were fixed when it began.
 */
export function decidingSettings(
  settings: Settings,
  material: string,
  features: TargetFeatures,
  behaviour: string | null = null,
): Record<string, unknown> {
  const spared = Object.entries(features).flatMap(([name, on]) => (on ? [] : [name]));
  return {
    ...Object.fromEntries(Object.entries(settings).filter(([name]) => !free.has(name))),
    material,
    ...(behaviour !== null && { behaviour }),
    ...(spared.length > 0 && { features_off: spared }),
  };
}

/** How a person knows what differs. */
export function nameOfChange(name: string): string {
  if (name === 'behaviour') return 'the files of JOURNEYS_FILE and PLUGINS_DIR';
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

/**
 * The seed of the visits themselves: another window has other visitors, even with the same seed. Were they
 * the same, Matomo would take the later window's for returning, and an earlier window filled afterwards
 * would break the order of their visits.
 */
export function planSeed({
  seed,
  first_day,
  days,
}: Pick<RememberedBackfill, 'seed' | 'first_day' | 'days'>): number {
  const digest = createHash('sha256').update(`${seed} ${first_day} ${days}`).digest();
  return digest.readUInt32BE(0) >>> 1;
}
