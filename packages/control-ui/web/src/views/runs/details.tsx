import type { RunRecord } from '@trafficinator/contract/rest';
import { Section } from '../../parts/section.tsx';
import type { Spread } from './result.ts';
import { Duration } from './run-row.tsx';

/** Percentiles of the durations that were measured. */
export function Durations(props: { readonly spreads: readonly (readonly [string, Spread])[] }) {
  if (props.spreads.length === 0) return null;
  return (
    <Section first title="Durations">
      <table class="tbl">
        <thead>
          <tr>
            <th>Of a hit</th>
            <th class="num">p50</th>
            <th class="num">p95</th>
            <th class="num">p99</th>
          </tr>
        </thead>
        <tbody>
          {props.spreads.map(([name, { p50, p95, p99 }]) => (
            <tr key={name}>
              <td>{name}</td>
              {[p50, p95, p99].map((ms, at) => (
                <td key={['p50', 'p95', 'p99'][at]} class="num">
                  <Duration ms={ms} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** A value as it is written. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'default';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The settings it ran with; what is not named was at its default. */
export function SettingsOfRun(props: {
  readonly run: RunRecord;
  readonly seed: number | null;
  readonly first: boolean;
}) {
  const { run } = props;
  const entries = Object.entries(run.settings);
  return (
    <Section
      first={props.first}
      title="Settings"
      meta={run.preset === null ? 'others at their default' : `preset ${run.preset}`}
    >
      <ul class="diff small">
        {props.seed !== null && (
          <li>
            <span>seed of this run</span>
            <span>{props.seed}</span>
          </li>
        )}
        {entries.map(([name, value]) => (
          <li key={name}>
            <span class="break">{name}</span>
            <span class="clip setting">{valueText(value)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
