import { isShownWith } from '@trafficinator/contract';
import type { Described } from './described.ts';
import type { Saved } from './form.ts';

/** One line of the form: a setting, or the least and the most of the same thing. */
export interface Row {
  readonly name: string;
  readonly label: string;
  readonly settings: readonly [Described] | readonly [Described, Described];
}

/** A line with those that make sense only because of it. */
export interface Nest {
  readonly row: Row;
  readonly below: readonly Row[];
}

/** Past days are a view of their own. */
export const elsewhere: ReadonlySet<string> = new Set(['backfill']);

/** The lines of a group that make sense as the form is now. */
export function nestsOf(
  names: readonly string[],
  { list }: Pick<Saved, 'list'>,
  formValue: (name: string) => unknown,
  isWanted: (setting: Described) => boolean,
): Nest[] {
  const shown = names
    .flatMap((name) => list[name] ?? [])
    .filter((each) => isShownWith(each, formValue) && isWanted(each));
  const rows = rowsOf(shown);
  const nests = new Map<string, { row: Row; below: Row[] }>();
  for (const row of rows) {
    const cause = row.settings[0].shown_when?.setting;
    const nest = cause === undefined ? undefined : nests.get(cause);
    if (nest === undefined) nests.set(row.name, { row, below: [] });
    else nest.below.push(row);
  }
  return [...nests.values()];
}

function rowsOf(settings: readonly Described[]): Row[] {
  const rows: Row[] = [];
  for (const setting of settings) {
    const { name, label } = setting;
    const least = settings.find((each) => each.name === name.replace(/_max$/, '_min'));
    if (name.endsWith('_max') && least !== undefined) continue;
    const most = settings.find((each) => each.name === name.replace(/_min$/, '_max'));
    if (name.endsWith('_min') && most !== undefined) {
      rows.push({ name, label: label.replace(/, least$/, ''), settings: [setting, most] });
    } else rows.push({ name, label, settings: [setting] });
  }
  return rows;
}
