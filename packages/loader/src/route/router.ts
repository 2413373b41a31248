import type { Target, TargetStrategy } from '@trafficinator/contract';
import { Draws, purpose } from '../plan/draw.ts';

/** Positions of the targets that a visit goes to. Pure: the same visit goes the same way everywhere. */
export type Router = (index: number) => readonly number[];

const longestCycle = 10_000;

/**
 * Compiles how visits are divided among targets. A visit goes to one target as a whole (to all of them
 * with `mirror`), decided by its index alone, so that shards, restarts and reports agree. With
 * `independent` each target has a schedule of its own and every visit of it.
 */
export function compileRouter(
  strategy: TargetStrategy,
  targets: readonly Pick<Target, 'weight'>[],
  seed: number,
): Router {
  const all = targets.map((_, at) => at);
  const each = all.map((at) => [at] as const);
  switch (strategy) {
    case 'mirror':
    case 'independent':
      return () => all;
    case 'round-robin':
      return (index) => each[index % each.length] as readonly number[];
    case 'random':
      return (index) =>
        each[
          new Draws(seed, index).between(0, each.length - 1, purpose.target)
        ] as readonly number[];
    case 'weighted': {
      const cycle = smoothCycle(targets.map((target) => target.weight));
      return (index) => each[cycle[index % cycle.length] as number] as readonly number[];
    }
  }
}

/**
 * Smooth weighted round robin: a cycle in which each target stands as often as its weight says, spread
 * evenly. Weights are scaled to whole numbers.
 */
function smoothCycle(weights: readonly number[]): number[] {
  const whole = scaled(weights);
  const sum = whole.reduce((a, b) => a + b, 0);
  const credit = whole.map(() => 0);
  return Array.from({ length: sum }, () => {
    let best = 0;
    for (const [at, weight] of whole.entries()) {
      credit[at] = (credit[at] as number) + weight;
      if ((credit[at] as number) > (credit[best] as number)) best = at;
    }
    credit[best] = (credit[best] as number) - sum;
    return best;
  });
}

/** Whole weights in their lowest terms; very uneven ones are rounded to a cycle of bounded length. */
function scaled(weights: readonly number[]): number[] {
  const factor = weights.every(Number.isInteger) ? 1 : 1_000;
  let whole = weights.map((weight) => Math.round(weight * factor));
  const divisor = whole.reduce(greatestCommonDivisor, 0) || 1;
  whole = whole.map((weight) => weight / divisor);
  const sum = whole.reduce((a, b) => a + b, 0);
  if (sum <= longestCycle) return whole;
  return whole.map((weight) =>
    weight === 0 ? 0 : Math.max(1, Math.round((weight * longestCycle) / sum)),
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
