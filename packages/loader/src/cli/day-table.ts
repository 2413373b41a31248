const mostDays = 40;

/** A table with a row for each day, the date first; of very many days the first and the last ones. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  whereTheRestIs: string,
): string[] {
  const line = ([date = '', ...cells]: readonly string[]) =>
    `  ${date.padEnd(12)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  const lines = rows.map(line);
  if (lines.length <= mostDays) return [line(columns), ...lines];
  const half = mostDays / 2;
  const hidden = `  … ${lines.length - mostDays} more days; ${whereTheRestIs}`;
  return [line(columns), ...lines.slice(0, half), hidden, ...lines.slice(-half)];
}
