import type { JourneysFile } from '@trafficinator/contract';
import { journeyWeightsOf } from '@trafficinator/contract/journeys';
import { percent } from '../../../format/percent.ts';
import { Section } from '../../../parts/section.tsx';

type Values = Readonly<Record<string, unknown>>;

interface Row {
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

/** How visits on journeys divide. `left`: the share of all visits that no funnel takes. */
export function Shares(props: {
  readonly values: Values;
  readonly file: JourneysFile | null;
  readonly left: number;
}) {
  const { values, file, left } = props;
  const on = Number(values.journey_share ?? 0);
  const rows = rowsOf(String(values.journeys ?? ''), file);
  const sum = rows.reduce((total, { weight }) => total + weight, 0);
  return (
    <Section title="How visits divide" act={<a href="/settings?q=journey">Change in Settings</a>}>
      <p class="mid journeys-about">
        {on === 0
          ? 'No visit follows a journey yet: “Visits on a journey” (journey_share) is 0.'
          : `${percent(on)} of the visits without a funnel follow a journey (journey_share): ${percent(on * left)} of all visits.`}
      </p>
      <table class="tbl">
        <thead>
          <tr>
            <th>Journey</th>
            <th class="num">Weight</th>
            <th class="num hide-s">Of visits on journeys</th>
            <th class="num">Of all visits</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, about, weight }) => {
            const part = sum === 0 ? 0 : weight / sum;
            return (
              <tr key={name}>
                <td>
                  <span class="strong">{name}</span>
                  <br />
                  <span class="small mid">{about}</span>
                </td>
                <td class="num">{weight}</td>
                <td class="num hide-s">{percent(part)}</td>
                <td class="num">{percent(part * on * left)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

/** What JOURNEYS says goes first, then the file; a persona that neither names gets none. */
function rowsOf(journeys: string, file: JourneysFile | null): Row[] {
  const { weights } = journeyWeightsOf({ journeys });
  const own = file?.journeys ?? [];
  const builtIn = personas.filter(([name]) => !own.some((each) => each.name === name));
  return [
    ...builtIn.map(([name, about]) => ({ name, about, weight: weights.get(name) ?? 0 })),
    ...own.map(({ name, like, weight }) => ({
      name,
      about: `of your file${like === undefined ? '' : `, like ${like}`}`,
      weight: weights.get(name) ?? weight ?? usualWeight,
    })),
  ];
}
