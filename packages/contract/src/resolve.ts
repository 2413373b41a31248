import { cleanText } from './env.ts';
import type { Entry, LayerEntries } from './layers.ts';
import { knownName, settingsFileVariable } from './names.ts';
import { type Problem, problem } from './problem.ts';
import { envNameOf, type SettingName } from './settings/list.ts';
import { shown } from './shown.ts';
import { unknownName } from './unknown-name.ts';

/** What one layer says about one setting. */
export interface Written extends Entry {
  /** The value is the path of a file with the secret. */
  readonly from_file: boolean;
  /** JSON values have their type already; texts get it from env.ts. */
  readonly typed: boolean;
}

/**
 * Which entry of a layer counts for each setting; conflicts and unknown names go to `problems`.
 * null: `--set NAME=` takes back what the layers below say. Elsewhere a blank text is no entry, because
 * compose passes one for each variable that nobody set.
 */
export function resolveLayer(
  layer: LayerEntries,
  problems: Problem[],
): Map<SettingName, Written | null> {
  const typed = layer.place === 'settings_file';
  const won = new Map<SettingName, Written | null>();
  for (const entry of layer.entries) {
    const isBlank = !typed && cleanText(String(entry.value)) === '';
    if (isBlank && layer.place !== 'set') continue;
    const known = isExactName(layer, entry.name) ? knownName(entry.name) : null;
    if (known === null) {
      if (isSettingsFile(layer, entry.name)) continue;
      const text = typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value);
      const said = unknownName(layer.place, entry.name, text, entry.source);
      if (said) problems.push(said);
      continue;
    }
    if (isBlank) {
      won.set(known.setting, null);
      continue;
    }
    if (known.as === 'alias') problems.push(olderName(entry, known.setting));
    const written = {
      ...entry,
      from_file: known.as === 'file',
      typed: typed && known.as !== 'file',
    };
    const earlier = won.get(known.setting);
    if (earlier && earlier.name.toUpperCase() !== entry.name.toUpperCase()) {
      if (earlier.from_file !== written.from_file || textOf(earlier) !== textOf(written)) {
        problems.push(givenTwice(earlier, written, known.setting));
      }
    }
    won.set(known.setting, written);
  }
  return won;
}

/** Variables are upper case, JSON keys lower case; --set takes both. */
function isExactName(layer: LayerEntries, name: string): boolean {
  if (layer.place === 'set') return true;
  return name === (layer.place === 'settings_file' ? name.toLowerCase() : name.toUpperCase());
}

function isSettingsFile(layer: LayerEntries, name: string): boolean {
  return (layer.place === 'set' ? name.toUpperCase() : name) === settingsFileVariable;
}

/** The path that a layer gives with SETTINGS_FILE, or null. */
export function settingsFilePath(layer: LayerEntries): string | null {
  const entry = layer.entries.findLast((e) => isSettingsFile(layer, e.name));
  const path = typeof entry?.value === 'string' ? cleanText(entry.value) : '';
  return path === '' ? null : path;
}

const textOf = (written: Written): string =>
  typeof written.value === 'string' ? cleanText(written.value) : JSON.stringify(written.value);

function olderName(entry: Entry, setting: SettingName): Problem {
  return problem('setting_older_name', {
    fields: [setting],
    value: shown(setting, entry.value),
    source: entry.source,
    message: `${entry.name} is the older name of ${envNameOf(setting)}.`,
    remedy: `It works; ${envNameOf(setting)} is the name to use in new files.`,
  });
}

function givenTwice(earlier: Written, later: Written, setting: SettingName): Problem {
  return problem('setting_given_twice', {
    fields: [setting],
    value: `${shown(setting, earlier.value)} and ${shown(setting, later.value)}`,
    source: earlier.source === later.source ? later.source : `${earlier.source}, ${later.source}`,
    message: `${earlier.name} and ${later.name} are the same setting, but they differ.`,
    remedy: `Keep only one of them.`,
  });
}
