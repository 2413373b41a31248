import type { Random } from '../interface.ts';

interface Weighing {
  readonly weight: number;
}

const weightOf = ({ weight }: Weighing): number => weight;

/** By list: up to which number in [0, 1) each item reaches. */
const known = new WeakMap<readonly Weighing[], Float64Array>();

/**
 * What `random.weighted` gives by the weights of the items, for a list that never changes: its weights are
 * summed up once, which takes longer than to draw.
 */
export function drawn<T extends Weighing>(random: Random, items: readonly T[]): T {
  let ends = known.get(items);
  if (ends === undefined) {
    const sum = items.reduce((total, { weight }) => total + weight, 0);
    if (!(sum > 0)) return random.weighted(items, weightOf);
    ends = endsOf(items, sum);
    known.set(items, ends);
  }
  const u = random.unit();
  let at = 0;
  while (u >= (ends[at] as number)) at++;
  return items[at] as T;
}

/** The last that weighs anything reaches beyond all numbers, however its weight was rounded. */
function endsOf(items: readonly Weighing[], sum: number): Float64Array {
  let upTo = 0;
  const ends = Float64Array.from(items, ({ weight }) => {
    upTo += weight / sum;
    return upTo;
  });
  ends[items.findLastIndex(({ weight }) => weight > 0)] = Number.POSITIVE_INFINITY;
  return ends;
}
