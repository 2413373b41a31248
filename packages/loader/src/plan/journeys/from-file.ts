import type { FileJourney, JourneysFile } from '@trafficinator/contract';
import type { Journey } from './interface.ts';
import { ways } from './personas/personas.ts';
import type { Way } from './personas/way.ts';
import { journeyOf } from './personas/way.ts';

/** The journeys of a file, each made by the plugins' interface. */
export function journeysFromFile(file: JourneysFile | null): Journey[] {
  return (file?.journeys ?? []).map((each) => {
    const journey = journeyOf(each.name, wayOfFile(each));
    return each.weight === undefined ? journey : { ...journey, weight: each.weight };
  });
}

/** The persona's way, where the file says nothing else; a least value above the most counts as that. */
export function wayOfFile({ name, weight: _, like, ...told }: FileJourney): Way {
  const base = ways[like ?? (name in ways ? (name as keyof typeof ways) : 'casual')];
  const { goals, contents, dimensions, ...rest } = told;
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Partial<Way>;
  const way: Way = {
    ...base,
    ...given,
    ...(contents && { contents }),
    ...(dimensions && {
      dimensions: dimensions.map(({ id, values }) => ({ id, values: Object.entries(values) })),
    }),
    ...(goals && {
      goals: goals.map(({ id, share, revenue }) => ({
        id,
        share,
        revenue_minor: revenue === null ? undefined : Math.round(revenue * 100),
      })),
    }),
  };
  return {
    ...way,
    ...within(way.pages_min, way.pages_max, told.pages_min, 'pages_min', 'pages_max'),
    ...within(
      way.dwell_seconds_min,
      way.dwell_seconds_max,
      told.dwell_seconds_min,
      'dwell_seconds_min',
      'dwell_seconds_max',
    ),
  };
}

/** Of a pair that is out of order, the end that was told holds for both. */
function within(
  least: number,
  most: number,
  toldLeast: number | undefined,
  leastName: string,
  mostName: string,
): object {
  if (least <= most) return {};
  const both = toldLeast === undefined ? most : least;
  return { [leastName]: both, [mostName]: both };
}
