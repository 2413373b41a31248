import { type Problem, type ProblemParts, problem } from '../problem.ts';
import type { ProblemCode } from '../problem-table.ts';
import type { SettingName, Settings } from '../settings/list.ts';

/** `send`: live hits go out. `backfill`: hits go into the past. `plan`: nothing is sent. */
export type Purpose = 'send' | 'backfill' | 'plan';

/** How a setting was written: its text as it may be shown, and where. */
export interface Given {
  readonly value: string;
  readonly source: string;
}

/** What was written, by setting; settings at their default are not in it. */
export type GivenSettings = ReadonlyMap<SettingName, Given>;

/** A rule over settings whose values are in range each. */
export interface Rule {
  /** The settings it judges; it is left out while one of them is already known to be wrong. */
  readonly reads: readonly SettingName[];
  /** It speaks of live traffic and says nothing about a backfill. */
  readonly live?: true;
  readonly check: (settings: Settings, given: GivenSettings, purpose: Purpose) => Problem[];
}

/** A problem about settings, with what was written for them and where. */
export function finding(
  given: GivenSettings,
  fields: readonly SettingName[],
  code: ProblemCode,
  parts: Omit<ProblemParts, 'fields' | 'value' | 'source'>,
): Problem {
  const written = fields.flatMap((name) => given.get(name) ?? []);
  const sources = new Set(written.map((g) => g.source));
  return problem(code, {
    ...parts,
    fields,
    value: written[0]?.value ?? null,
    source: sources.size > 0 ? [...sources].join(', ') : 'default',
  });
}
