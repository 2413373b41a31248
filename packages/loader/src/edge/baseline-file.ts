import { readFileSync } from 'node:fs';
import type { Settings, Target } from '@trafficinator/contract';
import { type Baseline, baseline } from '../reconcile/baseline.ts';
import { placeOf, stateFile } from './identity.ts';
import { writeWhole } from './whole-file.ts';

/** Where the baseline of a target's backfill lies: beside its journal. */
export const baselinePath = (settings: Settings, target: Target): string =>
  stateFile('backfill', 'baseline.json', placeOf([target]), settings.state_dir, process.env);

/** Writes a baseline whole or not at all. Throws Node's error. */
export function writeBaseline(path: string, taken: Baseline): void {
  writeWhole(path, `${JSON.stringify(taken)}\n`);
}

/** The baseline of this backfill, or null: none was taken, or it is of another one, or unreadable. */
export function readBaseline(path: string, run_id: string): Baseline | null {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  const read = baseline.safeParse(written);
  return read.success && read.data.run_id === run_id ? read.data : null;
}
