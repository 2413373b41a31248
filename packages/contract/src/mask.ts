import { isSecret } from './names.ts';
import type { Setting, Weights } from './settings/define.ts';
import {
  defaultSettings,
  envNameOf,
  type SettingName,
  type Settings,
  settingList,
} from './settings/list.ts';
import { shown } from './shown.ts';
import { weightsText } from './weights.ts';

const names = Object.keys(settingList) as SettingName[];

/** The settings as anybody may see them: a secret is `***`, or null when it is unset. */
export function maskedSettings(settings: Settings): Record<SettingName, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, isSecret(name) && settings[name] !== null ? '***' : settings[name]]),
  ) as Record<SettingName, unknown>;
}

/** One line of the table in the start log. */
export interface SettingRow {
  /** The environment variable. */
  readonly variable: string;
  readonly value: string;
  /** The default's text when the value is another one, else null. */
  readonly instead_of: string | null;
}

/** All settings as rows of text, in the order of the list; unset is `-`. */
export function settingsTable(settings: Settings, changed: readonly SettingName[]): SettingRow[] {
  return names.map((name) => ({
    variable: envNameOf(name),
    value: valueText(name, settings[name]),
    instead_of: changed.includes(name) ? valueText(name, defaultSettings[name]) : null,
  }));
}

/** The text of a value as an environment variable would hold it; secrets masked, null is `-`. */
export function valueText(name: SettingName, value: unknown): string {
  if (value === null) return '-';
  const setting: Setting = settingList[name];
  if (setting.kind === 'weighted_list') return shown(name, weightsText(setting, value as Weights));
  return shown(name, Array.isArray(value) ? value.join(',') : value);
}
