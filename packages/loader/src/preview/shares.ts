import type { Visit } from '../plan/visit.ts';
import type { Dimension, Row, Section } from './section.ts';
import { shareRow } from './share-row.ts';

/** Rows that a section shows at most; the rest is one more row. */
const mostRows = 20;

type Head = Pick<Section, 'name' | 'title' | 'of'>;

/**
 * A dimension in which each visit has one name, or null when it does not count. `asked`: what the settings
 * say, as relative weights by name in the order in which they are shown; `judged`: whether what comes out
 * shall be near them.
 */
export function sharesOf(
  head: Head,
  nameOf: (visit: Visit) => string | null,
  asked: ReadonlyMap<string, number>,
  judged = true,
): Dimension {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    see: (visit) => {
      const name = nameOf(visit);
      if (name === null) return;
      total++;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    sections: () =>
      total === 0
        ? []
        : [{ ...head, total, rows: rowsOf(counts, total, asked, judged), figures: [] }],
  };
}

function rowsOf(
  counts: ReadonlyMap<string, number>,
  total: number,
  asked: ReadonlyMap<string, number>,
  judged: boolean,
): Row[] {
  const sum = [...asked.values()].reduce((a, b) => a + b, 0);
  const names = new Set([...asked.keys(), ...counts.keys()]);
  const all = [...names].map((name) => ({
    name,
    count: counts.get(name) ?? 0,
    share: (asked.get(name) ?? 0) / sum,
  }));
  const shown = all.length <= mostRows ? all : all.slice(0, mostRows - 1);
  const rest = all.slice(shown.length);
  const rows = shown.map(({ name, count, share }) =>
    shareRow(name, count, total, judged ? share : null),
  );
  if (rest.length === 0) return rows;
  const sumOf = (what: 'count' | 'share') => rest.reduce((all, each) => all + each[what], 0);
  const share = Math.min(1, sumOf('share'));
  return [...rows, shareRow(`${rest.length} others`, sumOf('count'), total, judged ? share : null)];
}

/** Weights by name, the heaviest first; what has the same name adds up. */
export function weightsBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  weightOf: (item: T) => number,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    if (weightOf(item) > 0) weights.set(name, (weights.get(name) ?? 0) + weightOf(item));
  }
  return new Map([...weights].sort((a, b) => b[1] - a[1]));
}
