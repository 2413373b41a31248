/** The months as settings name them. */
export const months: readonly string[] = Array.from({ length: 12 }, (_, n) => String(n + 1));

const names =
  'january february march april may june july august september october november december';

/** Other ways to write them: `01`, `jan`, `january`. */
export const monthSynonyms: Readonly<Record<string, string>> = Object.fromEntries(
  names
    .split(' ')
    .flatMap((name, n) =>
      [String(n + 1).padStart(2, '0'), name, name.slice(0, 3)].map((word) => [word, String(n + 1)]),
    ),
);
