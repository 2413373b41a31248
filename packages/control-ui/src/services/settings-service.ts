import type { Problem } from '@trafficinator/contract';
import type { Verdict } from '@trafficinator/contract/rest';
import type { Clock } from '../ports/clock.ts';
import type { KeptSettings, SettingsStore } from '../ports/store/material.ts';
import { refusalOf } from '../refusal.ts';
import { formProblems, merged, readValues, withoutOwn } from './fleet/settings-in-force.ts';
import { withoutLentToken } from './targets/lending.ts';
import { windowProblems } from './window-problems.ts';

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
  readonly #clock: Clock;

  constructor(store: SettingsStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
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
    const found = [...own.problems, ...problems];
    return judged(values, found, options.backfill ? this.#clock.now() : null);
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

/** Values judged as they are. `backfill_at_ms`: as those of a backfill that begins then, its window included. */
export function judged(
  values: Readonly<Record<string, unknown>>,
  found: readonly Problem[] = [],
  backfill_at_ms: number | null = null,
): Judged {
  const backfill = backfill_at_ms !== null;
  const read = readValues(backfill ? { ...values, backfill_enabled: true } : values, 'send');
  const window = backfill ? windowProblems(read.settings, read.problems, backfill_at_ms) : [];
  return {
    values,
    problems: [...formProblems([...read.problems, ...window]), ...found],
    changed: read.changed.filter((name) => name !== 'backfill_enabled'),
    ok: read.ok && window.every(({ severity }) => severity !== 'error'),
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
