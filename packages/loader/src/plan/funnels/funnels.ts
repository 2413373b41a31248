import { type Draws, purpose } from '../draw.ts';
import type { Encoded, Material } from '../material/material.ts';
import type { PageLoads } from '../timings.ts';
import { compileFunnelOrders, type FunnelOrderSettings } from './order.ts';
import { compilePlaces } from './places.ts';
import { compileSteps } from './steps.ts';
import { type CompiledFunnel, type Walk, walk } from './walk.ts';

/**
 * Compiles the funnels of the material into the choice of a visit's funnel and the walk through it; null
 * when there are none. They are tried in turn, each with its own probability; a visit that none takes gets
 * null. The material's addresses must be absolute.
 */
export function compileFunnels(
  material: Material,
  settings: FunnelOrderSettings,
): ((draws: Draws, entry: Encoded | null, loads: PageLoads) => Walk | null) | null {
  if (material.funnels.length === 0) return null;
  const placesOf = compilePlaces(material);
  const orders = compileFunnelOrders(material.products, settings);
  const funnels = material.funnels.map(
    ({ name, probability, steps, exit_after_completion }): CompiledFunnel & Tried => ({
      name,
      probability,
      exit_after_completion,
      steps: compileSteps(steps, placesOf(steps), orders),
    }),
  );
  return (draws, entry, loads) => {
    const chosen = funnels.find(({ probability }, n) =>
      draws.chance(probability, purpose.funnel, n),
    );
    return chosen === undefined ? null : walk(chosen, draws, entry, loads);
  };
}

interface Tried {
  readonly probability: number;
}
