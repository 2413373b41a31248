import type { Visit } from '../plan/visit.ts';
import type { Dimension, Row, Section } from './section.ts';
import { shareRow } from './share-row.ts';

/** Rows that a section shows at most; the rest is one more row. */
const mostRows = 20;

type Head = Pick<Section, 'name' | 'title' | 'of'>;

/** How a dimension is judged beside what was asked for. */
interface Judged {
  /** Whether what comes out shall be near the shares asked for. */
  readonly judged?: boolean;
  /** Whether a visit's name was drawn for it, not taken over from another visit: only draws are subject to chance alone. */
  readonly isDrawn?: (visit: Visit) => boolean;
}

/** Visits of one name: all of them, and those for which it was drawn. */
interface Count {
  all: number;
  drawn: number;
}

/**
 * A dimension in which each visit has one name, or null when it does not count. `asked`: what the settings
 * say, as relative weights by name in the order in which they are shown.
 */
export function sharesOf(
  head: Head,
  nameOf: (visit: Visit) => string | null,
  asked: ReadonlyMap<string, number>,
  { judged = true, isDrawn = () => true }: Judged = {},
): Dimension {
  const counts = new Map<string, Count>();
  return {
    see: (visit) => {
      const name = nameOf(visit);
      if (name === null) return;
      const count = counts.get(name) ?? { all: 0, drawn: 0 };
      count.all++;
      if (isDrawn(visit)) count.drawn++;
      counts.set(name, count);
    },
    sections: () => {
      const total = added([...counts.values()]);
      if (total.all === 0) return [];
      const rows = rowsOf(counts, total, asked, judged);
      return [{ ...head, total: total.all, rows, figures: [] }];
    },
  };
}

function rowsOf(
  counts: ReadonlyMap<string, Count>,
  total: Count,
  asked: ReadonlyMap<string, number>,
  judged: boolean,
): Row[] {
  const sum = [...asked.values()].reduce((a, b) => a + b, 0);
  const names = [...new Set([...asked.keys(), ...counts.keys()])];
  const cut = names.length <= mostRows ? names.length : mostRows - 1;
  const rowOf = (name: string, own: readonly string[]): Row => {
    const count = added(own.map((each) => counts.get(each) ?? { all: 0, drawn: 0 }));
    const weight = own.reduce((all, each) => all + (asked.get(each) ?? 0), 0);
    const share = judged ? Math.min(1, weight / sum) : null;
    const { sigmas, off } = shareRow(name, count.drawn, total.drawn, share);
    return { ...shareRow(name, count.all, total.all, share), sigmas, off };
  };
  const rows = names.slice(0, cut).map((name) => rowOf(name, [name]));
  const rest = names.slice(cut);
  return rest.length === 0 ? rows : [...rows, rowOf(`${rest.length} others`, rest)];
}

const added = (counts: readonly Count[]): Count =>
  counts.reduce((sum, { all, drawn }) => ({ all: sum.all + all, drawn: sum.drawn + drawn }), {
    all: 0,
    drawn: 0,
  });

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
