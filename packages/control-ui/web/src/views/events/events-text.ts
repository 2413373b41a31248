import type { EventListName } from '@trafficinator/contract/rest';

/** An event as it stands in the file: a field may hold anything. */
export type EventRow = Readonly<Record<string, unknown>>;
type Root = Readonly<Record<string, unknown>>;

export const fields = ['category', 'action', 'name', 'value', 'weight'] as const;
export type EventField = (typeof fields)[number];

/** The value of the file where it is an object; null where only the text can mend it. */
export function rootOf(text: string): Root | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Root)
      : null;
  } catch {
    return null;
  }
}

/** The events of a list of the file; null: it has none of its own. undefined: it is no list of events. */
export function listOf(root: Root, name: EventListName): readonly EventRow[] | null | undefined {
  const list = root[name] ?? null;
  if (list === null) return null;
  const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);
  return Array.isArray(list) && list.every(isRow) ? list : undefined;
}

const written = (root: Root): string => `${JSON.stringify(root, null, 2)}\n`;

/** The file with another list; null leaves it out, so that the built-in one applies. */
export function withList(
  root: Root,
  name: EventListName,
  list: readonly EventRow[] | null,
): string {
  const { [name]: _, ...others } = root;
  return written(list === null ? others : { ...root, [name]: list });
}

/** The file with another share of visits; undefined leaves it to the settings. */
export function withShare(root: Root, name: EventListName, value: unknown): string {
  const field = `${name}_probability`;
  const { [field]: _, ...others } = root;
  return written(value === undefined ? others : { ...root, [field]: value });
}

/** A list with another value in a field; undefined leaves the field out. */
export function withField(
  list: readonly EventRow[],
  position: number,
  field: EventField,
  value: unknown,
): readonly EventRow[] {
  const { [field]: _, ...others } = list[position] ?? {};
  return list.with(position, value === undefined ? others : { ...list[position], [field]: value });
}

/** Built-in events as a file would have them: without what is unset. */
export const asWritten = (
  list: readonly { readonly weight: number; readonly [field: string]: unknown }[],
): readonly EventRow[] =>
  list.map((event) =>
    Object.fromEntries(
      Object.entries(event).filter(
        ([field, value]) => value !== null && !(field === 'weight' && value === 1),
      ),
    ),
  );

/** What a number field says: a number, the text where it is none (a mistake to be told), undefined where empty. */
export function numberOf(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) && /^[-+\d.eE]+$/.test(trimmed) ? value : trimmed;
}

/** How often it occurs relative to the others; what is no weight counts as none. */
export function weightOf({ weight = 1 }: EventRow): number {
  return typeof weight === 'number' && weight >= 0 ? weight : 0;
}

/** `Navigation / Open / Main menu` */
export const nameOf = ({ category, action, name }: EventRow): string =>
  [category, action, name]
    .filter((each) => each !== undefined && each !== null && each !== '')
    .map(String)
    .join(' / ');

/** Shares of the categories of a list, the most frequent first. */
export function categoriesOf(
  list: readonly EventRow[],
): { readonly category: string; readonly events: number; readonly weight: number }[] {
  const found = new Map<string, { events: number; weight: number }>();
  for (const row of list) {
    const category = String(row.category ?? '');
    const known = found.get(category) ?? { events: 0, weight: 0 };
    found.set(category, { events: known.events + 1, weight: known.weight + weightOf(row) });
  }
  return [...found]
    .map(([category, each]) => ({ category, ...each }))
    .sort((a, b) => b.weight - a.weight);
}
