import {
  allowedValues,
  envNameOf,
  groupLabels,
  groups,
  isSecret,
  type Setting,
  type SettingName,
  settingGroups,
  settingList,
} from '@trafficinator/contract';
import type { settingsAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { KeptSettings } from '../ports/store/material.ts';
import { isDecidedHere, maskedValues } from './fleet/settings-in-force.ts';

/** All that a form needs: the settings list with what is saved. Settings that the service decides are left out. */
export function settingsForm(kept: KeptSettings): z.input<typeof settingsAnswer> {
  const names = (Object.keys(settingList) as SettingName[]).filter((name) => !isDecidedHere(name));
  const list = Object.fromEntries(
    names.map((name) => {
      const setting: Setting = settingList[name];
      const described = {
        ...setting,
        name,
        variable: envNameOf(name),
        allowed: allowedValues(setting),
        secret: isSecret(name),
      };
      return [name, described];
    }),
  );
  return {
    groups: groups
      .map((name) => ({
        name,
        label: groupLabels[name],
        settings: Object.keys(settingGroups[name]).filter((each) => !isDecidedHere(each)),
      }))
      .filter(({ settings }) => settings.length > 0),
    list,
    values: { ...maskedValues(kept.values) },
    preset: kept.preset,
    version: kept.version,
    updated_at: kept.version === 0 ? null : kept.updated_at,
  };
}
