/** Rounds to so many decimals, as Matomo shows its figures. */
export function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round((value + Number.EPSILON) * factor) / factor;
}

/** `part / whole`, and 0 when there is no whole. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** A share as Matomo formats it (`13.41%`), or the plain ratio when it is told not to. */
export function share(
  part: number,
  whole: number,
  decimals: number,
  formatted: boolean,
): string | number {
  const value = ratio(part, whole);
  return formatted ? `${rounded(value * 100, decimals)}%` : rounded(value, decimals + 2);
}

/** The sum of one figure over rows. */
export function total<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  let sum = 0;
  for (const row of rows) sum += of(row);
  return sum;
}

/** How many different values rows have. */
export const distinct = <Row>(rows: readonly Row[], of: (row: Row) => unknown): number =>
  new Set(rows.map(of)).size;

/** Rows in groups, in the order their keys first appear. */
export function grouped<Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
