import { actions } from './actions.ts';
import { backfill } from './backfill.ts';
import { channels } from './channels.ts';
import type { Group, Setting, ValueOf } from './define.ts';
import { delivery } from './delivery.ts';
import { ecommerce } from './ecommerce.ts';
import { journeys } from './journeys.ts';
import { limits } from './limits.ts';
import { runtime } from './runtime.ts';
import { target } from './target.ts';
import { traffic } from './traffic.ts';
import { visits } from './visits.ts';

/** Every setting once, by group. */
export const settingGroups = {
  target,
  traffic,
  channels,
  visits,
  actions,
  journeys,
  ecommerce,
  limits,
  delivery,
  backfill,
  runtime,
} satisfies Record<Group, Record<string, Setting>>;

/** Every setting once, by name. The name in upper case is the environment variable. */
export const settingList = {
  ...target,
  ...traffic,
  ...channels,
  ...visits,
  ...actions,
  ...journeys,
  ...ecommerce,
  ...limits,
  ...delivery,
  ...backfill,
  ...runtime,
};

export type SettingName = keyof typeof settingList;

/** The settings of one run: all of them, parsed, in range. */
export type Settings = { readonly [N in SettingName]: ValueOf<(typeof settingList)[N]> };

/** All defaults. */
export const defaultSettings = Object.fromEntries(
  Object.entries(settingList).map(([name, setting]) => [name, setting.default]),
) as unknown as Settings;

/** `target_visits_per_day` → `TARGET_VISITS_PER_DAY`. */
export const envNameOf = (name: string): string => name.toUpperCase();
