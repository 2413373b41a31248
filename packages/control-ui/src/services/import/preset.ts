import type { PredecessorPreset } from '../../ports/predecessor.ts';
import type { Preset } from '../../ports/store/material.ts';
import { isSecretName } from '../../secret-names.ts';
import { presetProblems } from '../presets/judged-preset.ts';
import type { Brought } from './import-predecessor.ts';
import { presetValues } from './preset-values.ts';

/** A preset of the predecessor. Its tokens come with it, as they did there; here they are kept sealed. */
export function presetRowOf(old: PredecessorPreset): Brought<Preset> {
  const config = objectOf(old.config_json);
  if (config === null) return { row: null, notes: ['Its settings are not a JSON object.'] };
  const { settings, notes } = presetValues(config);
  const with_secrets = Object.keys(settings).some(isSecretName);
  const problems = presetProblems(settings).filter(({ severity }) => severity === 'error');
  return {
    row: { description: old.description ?? '', settings, with_secrets },
    notes: [...notes, ...problems.map(({ message, remedy }) => `${message} ${remedy}`)],
  };
}

/** The object in a text; null: there is none. */
export function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return value as Record<string, unknown>;
  } catch {
    return null;
  }
}
