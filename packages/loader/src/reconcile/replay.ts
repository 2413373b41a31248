import {
  addDays,
  type BackfillWindow,
  defaultSettings,
  type SettingName,
  type Settings,
  settingSchemas,
  type TargetFeatures,
} from '@trafficinator/contract';
import { z } from 'zod';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import { BatchMaker } from '../backfill/batch-maker.ts';
import { planSeed } from '../backfill/identity.ts';
import { planBackfill } from '../backfill/planned.ts';
import type { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { Material } from '../plan/material/material.ts';

/** A remembered backfill, ready to be planned again. */
export interface Replay {
  readonly backfill: RememberedBackfill;
  readonly window: BackfillWindow;
  /** As they were when it began, where they decide what was sent; the others as they are now. */
  readonly settings: Settings;
  readonly schedule: BackfillSchedule;
  readonly maker: BatchMaker;
}

/**
 * The settings that a backfill was begun with, over those of now. Throws an Error when what is remembered
 * does not fit this program: another version wrote it.
 */
export function settingsOf(backfill: RememberedBackfill, now: Settings): Settings {
  const settings: Record<string, unknown> = { ...now };
  for (const [name, value] of Object.entries(backfill.settings)) {
    if (!(name in defaultSettings)) continue;
    settings[name] = settingSchemas[name as SettingName].parse(value);
  }
  return settings as unknown as Settings;
}

const offNames = z.array(z.string());

/** What the target was sent when the backfill began; `now`: the features as they are by now, all named. */
export function featuresOf(backfill: RememberedBackfill, now: TargetFeatures): TargetFeatures {
  const off = offNames.safeParse(backfill.settings.features_off).data ?? [];
  const names = Object.keys(now) as (keyof TargetFeatures)[];
  return Object.fromEntries(names.map((name) => [name, !off.includes(name)])) as TargetFeatures;
}

/** Makes plan, schedule and batches of a backfill anew, the first hits that opened its days included. */
export function replayOf(
  backfill: RememberedBackfill,
  settings: Settings,
  material: Material,
  features: TargetFeatures,
  openers: ReturnType<BatchJournal['openers']>,
): Replay {
  const { first_day, days, lanes } = backfill;
  const window = { first_day, last_day: addDays(first_day, days - 1), days };
  const { plan, crowd, schedule } = planBackfill(backfill, settings, material, features);
  const query = {
    site_id: settings.matomo_site_id,
    with_location: settings.randomize_visitor_countries,
    order_prefix: '',
  };
  const maker = new BatchMaker(plan, schedule, planSeed(backfill), lanes, query, crowd);
  for (const opener of openers) maker.markOpened(opener.first_index);
  return { backfill, window, settings, schedule, maker };
}
