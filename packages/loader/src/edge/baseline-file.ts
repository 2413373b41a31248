import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings, Target } from '@trafficinator/contract';
import { type Baseline, baseline } from '../reconcile/baseline.ts';
import { placeOf, stateFile } from './identity.ts';

/** Where the baseline of a target's backfill lies: beside its journal. */
export const baselinePath = (settings: Settings, target: Target): string =>
  stateFile('backfill', 'baseline.json', placeOf([target]), settings.state_dir, process.env);

/** Writes a baseline whole or not at all. */
export function writeBaseline(path: string, taken: Baseline): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(taken)}\n`);
  renameSync(temporary, path);
}

/** The baseline of this backfill, or null: none was taken, or it is of another one, or unreadable. */
export function readBaseline(path: string, run_id: string): Baseline | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const read = baseline.safeParse(jsonOf(text));
  return read.success && read.data.run_id === run_id ? read.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
