import { type Complaint, isComplaint } from './complaint.ts';
import { valueOfText } from './env.ts';
import {
  environmentLayer,
  type Layer,
  type LayerEntries,
  type ReadFile,
  readLayer,
} from './layers.ts';
import { bySeverity, type Problem, problem } from './problem.ts';
import { resolveLayer, settingsFilePath, type Written } from './resolve.ts';
import { checkRules } from './rules/list.ts';
import type { Given, Purpose } from './rules/rule.ts';
import { secretOfFile } from './secret-file.ts';
import { defaultSettings, type SettingName, type Settings, settingList } from './settings/list.ts';
import { shown } from './shown.ts';
import { checkedValue } from './value.ts';

export interface SettingsSources {
  /** The process environment; its SETTINGS_FILE adds that file as a layer. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the command line adds, in any order: a kind's place in the precedence is fixed. */
  readonly layers?: readonly Layer[];
  /** UTF-8 text of a file; throws when it cannot be read. */
  readonly readFile: ReadFile;
  /** `send`: hits go out, so a target is needed. `plan`: nothing is sent. */
  readonly purpose: Purpose;
}

export interface ReadSettings {
  /** All settings; where a value is unusable, its default stands in (and `ok` is false). */
  readonly settings: Settings;
  /** Settings whose value is not the default, in the order of the list. */
  readonly changed: readonly SettingName[];
  /** Settings that somebody wrote down, even if with their default's value. */
  readonly given: ReadonlySet<SettingName>;
  /** Everything there is to say, errors first. */
  readonly problems: readonly Problem[];
  /** No errors. */
  readonly ok: boolean;
}

/**
 * Reads all settings and reports all problems at once. Later wins: default, environment,
 * SETTINGS_FILE, --env-file, --set. A blank text means unset, so it hides nothing below it, but for
 * `--set NAME=`, which brings the default back; a value
 * that a later layer replaces is not judged.
 */
export function readSettings(sources: SettingsSources): ReadSettings {
  const problems: Problem[] = [];
  const written = new Map<SettingName, Written>();
  for (const layer of gather(sources, problems)) {
    for (const [name, entry] of resolveLayer(layer, problems)) {
      if (entry === null) written.delete(name);
      else written.set(name, entry);
    }
  }

  const values: Record<string, unknown> = { ...defaultSettings };
  const given = new Map<SettingName, Given>();
  const broken = new Set<SettingName>();
  for (const [name, entry] of written) {
    const value = shown(name, entry.value);
    given.set(name, { value, source: entry.source });
    const result = valueWritten(name, entry, sources.readFile);
    if (isComplaint(result)) {
      broken.add(name);
      problems.push(
        problem(result.code, { ...result, fields: [name], value, source: entry.source }),
      );
    } else {
      values[name] = result.value;
    }
  }
  const settings = values as unknown as Settings;
  problems.push(...checkRules(settings, given, broken, sources.purpose));
  return {
    settings,
    changed: changedNames(settings),
    given: new Set(given.keys()),
    problems: bySeverity(problems),
    ok: problems.every((p) => p.severity !== 'error'),
  };
}

/** All layers in their precedence, lowest first. */
function gather(sources: SettingsSources, problems: Problem[]): LayerEntries[] {
  const given = sources.layers ?? [];
  const read = (layer: Layer) => readLayer(layer, sources.readFile, problems);
  const ofKind = (kind: Layer['kind']) => given.filter((layer) => layer.kind === kind);
  const environment = environmentLayer(sources.environment);
  const above = [...ofKind('env_file'), ...ofKind('set')].map(read);
  const path = [environment, ...above].map(settingsFilePath).findLast((p) => p !== null);
  const files = path ? [{ kind: 'settings_file', path } as const] : [];
  return [environment, ...[...files, ...ofKind('settings_file')].map(read), ...above];
}

function valueWritten(
  name: SettingName,
  written: Written,
  readFile: ReadFile,
): { value: unknown } | Complaint {
  if (written.from_file) {
    const secret = secretOfFile(written.name, String(written.value), readFile);
    return isComplaint(secret) ? secret : valueOfText(name, secret.value);
  }
  return written.typed
    ? checkedValue(name, written.value)
    : valueOfText(name, String(written.value));
}

/** Settings whose value is not the default, in the order of the list. */
function changedNames(settings: Settings): SettingName[] {
  const names = Object.keys(settingList) as SettingName[];
  return names.filter(
    (name) => JSON.stringify(settings[name]) !== JSON.stringify(defaultSettings[name]),
  );
}
