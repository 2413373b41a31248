import type { Checks } from './checks.ts';
import type { Engine } from './engine.ts';
import type { Trial } from './trial.ts';

/** What a group of checks stands on. */
export interface Ground {
  readonly engine: Engine;
  readonly checks: Checks;
  readonly trial: Trial;
  /** Version that the image must have. */
  readonly version: string;
}

/** The preset that every group starts from, as a user does. */
export const light = ['--env-file', 'presets/.env.light'] as const;
export const rehearsal = ['--profile', 'rehearsal', ...light] as const;
