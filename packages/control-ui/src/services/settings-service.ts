import type { Problem } from '@trafficinator/contract';
import type { Verdict } from '@trafficinator/contract/rest';
import type { KeptSettings, SettingsStore } from '../ports/store/material.ts';
import { refusalOf } from '../refusal.ts';
import { formProblems, merged, readValues, withoutOwn } from './fleet/settings-in-force.ts';
import { withoutLentToken } from './targets/lending.ts';

export interface Judged {
  /** Ready to be saved: merged with what is kept, without what the service decides. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  readonly changed: readonly string[];
  readonly ok: boolean;
}

/** The settings that loaders are started with: judged by the contract's own rules, kept, and shown masked. */
export class SettingsService {
  readonly #store: SettingsStore;

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  kept(): Promise<KeptSettings> {
    return this.#store.get();
  }

  /** What would become of new values. `purpose` send: something is to be sent, so a target is needed. */
  async judge(
    given: Readonly<Record<string, unknown>>,
    options: { readonly replace?: boolean | undefined; readonly backfill?: boolean } = {},
  ): Promise<Judged> {
    const kept = await this.#store.get();
    const own = withoutOwn(given);
    const { values, problems } = withOwnTokens(kept.values, own.values, options.replace ?? false);
    return judged(values, [...own.problems, ...problems], options.backfill ?? false);
  }

  /** @throws Refusal with all errors at once; then nothing was saved. */
  async save(
    given: Readonly<Record<string, unknown>>,
    options: {
      readonly replace?: boolean | undefined;
      readonly preset?: string | null | undefined;
      readonly version?: number | null | undefined;
    } = {},
  ): Promise<KeptSettings> {
    const kept = await this.#store.get();
    const found = await this.judge(given, options);
    if (!found.ok) throw refusalOf(found.problems, '/config', 'The settings cannot be used.');
    const preset = options.preset === undefined ? kept.preset : options.preset;
    return this.#store.put(found.values, preset, options.version ?? null);
  }

  /** Puts back what was kept before. */
  async restore(before: KeptSettings): Promise<void> {
    await this.#store.put(before.values, before.preset, null);
  }
}

/** New values over the kept ones; a kept token stays with the address that it was given for. */
function withOwnTokens(
  kept: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  replace: boolean,
): { readonly values: Readonly<Record<string, unknown>>; readonly problems: readonly Problem[] } {
  return withoutLentToken(kept, merged(kept, given, replace), given);
}

/** Values judged as they are. */
export function judged(
  values: Readonly<Record<string, unknown>>,
  found: readonly Problem[] = [],
  backfill = false,
): Judged {
  const read = readValues(backfill ? { ...values, backfill_enabled: true } : values, 'send');
  return {
    values,
    problems: [...formProblems(read.problems), ...found],
    changed: read.changed.filter((name) => name !== 'backfill_enabled'),
    ok: read.ok,
  };
}

/** The verdict as the API tells it. */
export function verdictOf(problems: readonly Problem[]): Verdict {
  const of = (severity: Problem['severity']) =>
    problems
      .filter((each) => each.severity === severity)
      .map((each) => ({ ...each, fields: [...each.fields] }));
  const errors = of('error');
  return { valid: errors.length === 0, errors, warnings: of('warning'), notices: of('notice') };
}
