import type { JourneysFile } from '@trafficinator/contract';
import { journeyWeightsOf } from '@trafficinator/contract/journeys';

/** A journey with the weight that it gets. */
export interface Row {
  readonly name: string;
  readonly about: string;
  readonly weight: number;
}

const personas: readonly (readonly [string, string])[] = [
  ['researcher', 'Reads much, searches, downloads; seldom buys.'],
  ['buyer', 'Few pages, looks at products, often fills a cart.'],
  ['casual', 'Half leave after one page; few do more than look.'],
];
const usualWeight = 10;

/** What JOURNEYS says goes first, then the file; a persona that neither names gets none. */
export function rowsOf(journeys: string, file: JourneysFile | null): Row[] {
  const { weights } = journeyWeightsOf({ journeys });
  const own = file?.journeys ?? [];
  const builtIn = personas.filter(([name]) => !own.some((each) => each.name === name));
  const known = [
    ...builtIn.map(([name, about]) => ({ name, about, weight: weights.get(name) ?? 0 })),
    ...own.map(({ name, like, weight }) => ({
      name,
      about: `Of your file${like === undefined ? '' : `, like ${like}`}.`,
      weight: weights.get(name) ?? weight ?? usualWeight,
    })),
  ];
  const others = [...weights].filter(([name]) => !known.some((each) => each.name === name));
  return [
    ...known,
    ...others.map(([name, weight]) => ({
      name,
      about: 'Of a plugin; a loader refuses a name that no journey has.',
      weight,
    })),
  ];
}

/** JOURNEYS with other weights: what nobody typed stays out of it, if it was not there before. */
export function journeysText(journeys: string, typed: Readonly<Record<string, unknown>>): string {
  const { weights } = journeyWeightsOf({ journeys });
  const all = { ...Object.fromEntries(weights), ...typed };
  return Object.entries(all)
    .map(([name, weight]) => `${name}:${weight}`)
    .join(',');
}

/** What is wrong with a weight as it was typed; null: nothing. */
export function weightMistake(name: string, weight: unknown): string | null {
  if (weight === null) return `${name} needs a weight; 0 switches it off.`;
  return journeyWeightsOf({ journeys: `${name}:${weight}` }).problems[0]?.message ?? null;
}
