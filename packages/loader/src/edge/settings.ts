import { readFileSync } from 'node:fs';
import { type Layer, type Purpose, type ReadSettings, readSettings } from '@trafficinator/contract';

/** Options that every command takes to say where settings come from. */
export interface SettingsFlags {
  readonly envFile?: string;
  readonly set?: readonly string[];
}

/** Reads the settings of this process: environment, files and flags. */
export function settingsOfProcess(flags: SettingsFlags, purpose: Purpose): ReadSettings {
  const layers: Layer[] = [];
  if (flags.envFile !== undefined) layers.push({ kind: 'env_file', path: flags.envFile });
  if (flags.set !== undefined) layers.push({ kind: 'set', assignments: flags.set });
  return readSettings({
    environment: process.env,
    layers,
    readFile: (path) => readFileSync(path, 'utf8'),
    purpose,
  });
}
