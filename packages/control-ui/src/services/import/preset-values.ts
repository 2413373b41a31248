import { type Problem, readSettings, type SettingName } from '@trafficinator/contract';
import { isSecretName } from '../../secret-names.ts';
import { isDecidedHere } from '../fleet/settings-in-force.ts';

/** What a preset of the predecessor means here. */
export interface PresetValues {
  readonly settings: Readonly<Record<string, unknown>>;
  /** What did not come, and why: a sentence each. */
  readonly notes: readonly string[];
}

/** Reads each value of a preset by itself: a mistake in one does not keep the others out. */
export function presetValues(config: Readonly<Record<string, unknown>>): PresetValues {
  const settings: Record<string, unknown> = {};
  const notes: string[] = [];
  for (const [key, value] of Object.entries(config)) {
    if (value === null || value === undefined || value === '') continue;
    const read = settingOf(key, value);
    if ('note' in read) notes.push(read.note);
    else settings[read.name] = read.value;
  }
  return { settings, notes };
}

type Read = { readonly name: SettingName; readonly value: unknown } | { readonly note: string };

function settingOf(key: string, value: unknown): Read {
  const label = key.toUpperCase();
  if (isSecretName(key.toLowerCase()) && /^\*+(MASKED\*+)?$/.test(String(value))) {
    return { note: `${label} was masked there, so it did not come.` };
  }
  const { given, problems, settings } = readSettings({
    environment: {},
    layers: [layerOf(key, value)],
    readFile: () => JSON.stringify({ [key.toLowerCase()]: value }),
    purpose: 'plan',
  });
  const [name] = given;
  if (name === undefined) return { note: noteOf(problems, `There is no setting ${label}.`) };
  if (isDecidedHere(name)) return { note: `${label} did not come: the service decides it.` };
  // Rules across settings are for the whole preset; here it is about this value alone.
  const wrong = problems.filter(
    ({ severity, fields }) => severity === 'error' && fields.length === 1 && fields[0] === name,
  );
  if (wrong.length > 0) return { note: noteOf(wrong, `${label} cannot be used.`) };
  return { name, value: settings[name] };
}

/** The predecessor kept whatever it was sent: numbers, and texts of numbers. */
function layerOf(key: string, value: unknown) {
  return typeof value === 'string'
    ? ({ kind: 'set', assignments: [`${key}=${value}`] } as const)
    : ({ kind: 'settings_file', path: 'preset' } as const);
}

function noteOf(problems: readonly Problem[], otherwise: string): string {
  const [first] = problems;
  return first === undefined ? otherwise : `${first.message} ${first.remedy}`;
}
