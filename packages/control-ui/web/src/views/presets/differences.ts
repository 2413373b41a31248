import type { Described } from '../settings/described.ts';

export type Values = Readonly<Record<string, unknown>>;

export interface Difference {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Settings that differ, in the order of the list; what a side leaves out is at its default. */
export function differences(
  list: Readonly<Record<string, Described>>,
  before: Values,
  after: Values,
  without: readonly string[],
): Difference[] {
  return Object.values(list).flatMap((setting) => {
    const { name } = setting;
    const of = (values: Values) => values[name] ?? setting.default;
    const isSame = JSON.stringify(of(before)) === JSON.stringify(of(after));
    return isSame || without.includes(name) ? [] : [{ name, before: of(before), after: of(after) }];
  });
}
