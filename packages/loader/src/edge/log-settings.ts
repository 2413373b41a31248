import {
  maskedSettings,
  type SettingName,
  type Settings,
  settingList,
  settingsTable,
} from '@trafficinator/contract';
import type { Log } from './log.ts';
import { version } from './version.ts';

/** Writes down what a run goes by, secrets masked: everything, and as a sentence what is not the default. */
export function logSettings(log: Log, settings: Settings): void {
  const names = Object.keys(settingList) as SettingName[];
  const other = names.filter(
    (name) => JSON.stringify(settings[name]) !== JSON.stringify(settingList[name].default),
  );
  const not_default = settingsTable(settings, other)
    .filter((row) => row.instead_of !== null)
    .map((row) => `${row.variable}=${row.value}`)
    .join(' ');
  log.info({ version, settings: maskedSettings(settings), not_default }, 'effective settings');
}
