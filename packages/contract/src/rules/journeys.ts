import { journeyWeightsOf } from '../journeys.ts';
import type { Rule } from './rule.ts';

/** The weights of journeys can be read; whether there are such journeys is known only with their files. */
export const journeysUsable: Rule = {
  reads: ['journeys'],
  check: (settings, given) =>
    journeyWeightsOf(settings).problems.map((found) => ({
      ...found,
      value: given.get('journeys')?.value ?? found.value,
      source: given.get('journeys')?.source ?? found.source,
    })),
};
