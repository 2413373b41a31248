import type { Setting } from './settings/define.ts';
import { envNameOf, type SettingName, settingList } from './settings/list.ts';

/** What a variable name stands for. */
export interface KnownName {
  readonly setting: SettingName;
  /** `file`: NAME_FILE, the path of a file with the value. `alias`: an older name. */
  readonly as: 'name' | 'alias' | 'file';
}

/** The variable with the path of the JSON file that a control service writes. */
export const settingsFileVariable = 'SETTINGS_FILE';

const known = new Map<string, KnownName>();
for (const [name, setting] of Object.entries(settingList) as [SettingName, Setting][]) {
  known.set(envNameOf(name), { setting: name, as: 'name' });
  if (canBeFile(name)) known.set(`${envNameOf(name)}_FILE`, { setting: name, as: 'file' });
  for (const alias of setting.aliases ?? []) known.set(alias, { setting: name, as: 'alias' });
}

/** Looks a name up, in upper or lower case; null when no setting has it. */
export function knownName(name: string): KnownName | null {
  return known.get(name.toUpperCase()) ?? null;
}

/** All variables that the loader reads, in upper case. */
export const variableNames: readonly string[] = [...known.keys(), settingsFileVariable];

/** Is the value never to be shown? */
export function isSecret(name: SettingName): boolean {
  const setting: Setting = settingList[name];
  return setting.kind === 'text' && (setting.format === 'secret' || setting.format === 'targets');
}

/** Does NAME_FILE name a file that holds the value? */
export function canBeFile(name: SettingName): boolean {
  const setting: Setting = settingList[name];
  return isSecret(name) || (setting.kind === 'text' && setting.format === 'campaigns');
}
