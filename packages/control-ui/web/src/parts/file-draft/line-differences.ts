/** Lines that only one of two texts has, in their order; a line that one has more often counts so often. */
export function lineDifferences(
  mine: string,
  theirs: string,
): { readonly mine: string[]; readonly theirs: string[] } {
  const balance = new Map<string, number>();
  for (const line of theirs.split('\n')) balance.set(line, (balance.get(line) ?? 0) + 1);
  const onlyMine = mine.split('\n').filter((line) => {
    const left = balance.get(line) ?? 0;
    if (left > 0) balance.set(line, left - 1);
    return left <= 0;
  });
  const onlyTheirs = theirs
    .split('\n')
    .toReversed()
    .filter((line) => {
      const left = balance.get(line) ?? 0;
      if (left > 0) balance.set(line, left - 1);
      return left > 0;
    });
  return { mine: onlyMine, theirs: onlyTheirs.toReversed() };
}
