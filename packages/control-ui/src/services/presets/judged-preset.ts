import type { Problem } from '@trafficinator/contract';
import { isSecretName } from '../../secret-names.ts';
import { formProblems, merged, readValues, withoutOwn } from '../fleet/settings-in-force.ts';

type Values = Readonly<Record<string, unknown>>;

/** A preset as it is saved, and what is to be said about it. */
export interface JudgedPreset {
  readonly settings: Values;
  /** Errors first. A missing target or token is no problem of a preset. */
  readonly problems: readonly Problem[];
  readonly ok: boolean;
}

/**
 * Judges a preset before it is saved: the contract's own rules, without what the service decides for its
 * loaders. Secrets are left out unless `with_secrets`; then those that are blank or masked are the ones of
 * `kept`, the preset as it is or the settings that it is made of.
 */
export function judgedPreset(given: Values, kept: Values, with_secrets: boolean): JudgedPreset {
  const own = withoutOwn(given);
  const all = merged(with_secrets ? kept : {}, own.values, true);
  const settings = Object.fromEntries(
    Object.entries(all).filter(([name]) => with_secrets || !isSecretName(name)),
  );
  const problems = [...presetProblems(settings), ...own.problems];
  return { settings, problems, ok: problems.every(({ severity }) => severity !== 'error') };
}

/** What is wrong with a preset that was saved, as the rules are now. */
export function presetProblems(settings: Values): readonly Problem[] {
  return formProblems(readValues(settings, 'plan').problems).filter(({ code }) => !later.has(code));
}

/** Target, token and caps are brought by whoever uses the preset. */
const later: ReadonlySet<Problem['code']> = new Set<Problem['code']>([
  'target_missing',
  'no_token_degraded',
  'no_token_hits_too_old',
  'no_end',
]);
