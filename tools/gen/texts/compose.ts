import {
  canBeFile,
  envNameOf,
  type Setting,
  type SettingName,
  settingList,
} from '../../../packages/contract/src/index.ts';

export const composeMarkers = { begin: '# settings:begin', end: '# settings:end' };

/**
 * What the image sets itself, to fit its file system and its ports. Passing it on would hide the
 * image's value, even with an empty one.
 */
const setByImage: readonly SettingName[] = ['state_dir', 'status_host', 'status_port'];

/** Entries of `environment:` that pass every setting on from the shell or the .env file. */
export function composeEnvironment(): string[] {
  return (Object.entries(settingList) as [SettingName, Setting][])
    .filter(([name]) => !setByImage.includes(name))
    .flatMap(([name, setting]) => [
      envNameOf(name),
      ...(canBeFile(name) ? [`${envNameOf(name)}_FILE`] : []),
      ...(setting.aliases ?? []),
    ])
    .map((name) => `${name}: \${${name}:-}`);
}
