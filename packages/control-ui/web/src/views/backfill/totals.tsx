import type { ReconcileReport } from '@trafficinator/contract';
import { place, setQuery } from '../../app/router.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { metricChange, metricLabel, metricNumber } from './metric-text.ts';

interface Row {
  readonly metric: string;
  readonly planned: number;
  readonly recorded: number;
  /** Labels of the causes on the days that differ. */
  readonly why: readonly string[];
  readonly verdict: 'equal' | 'explained' | 'not explained';
}

const glyphs = { equal: 'finished', explained: 'info', 'not explained': 'failed' } as const;
const tones = { equal: 'accepted', explained: 'accent', 'not explained': 'failed' } as const;

/** All days together, metric by metric. */
export function Totals({ report }: { readonly report: ReconcileReport }) {
  const rows = rowsOf(report);
  const different = rows.filter(({ verdict }) => verdict !== 'equal');
  const only = place.value.query.get('rows') === 'differences' && different.length > 0;
  const unexplained = rows.filter(({ verdict }) => verdict === 'not explained').length;
  return (
    <>
      {different.length > 0 && (
        <p class="row totals-bar">
          <Segmented
            label="Rows"
            options={[
              ['all', `All ${rows.length}`],
              ['differences', `Differences ${different.length}`],
            ]}
            value={only ? 'differences' : 'all'}
            onChange={(next) => setQuery({ rows: next === 'all' ? null : next })}
          />
        </p>
      )}
      <Scroll label="Metrics">
        <table class="tbl rows">
          <thead>
            <tr>
              <th>Metric, all days</th>
              <th class="num">Planned</th>
              <th class="num">Recorded</th>
              <th class="num">Difference</th>
              <th>Verdict</th>
              <th>Likely cause</th>
            </tr>
          </thead>
          <tbody>
            {(only ? different : rows).map((row) => (
              <TotalRow key={row.metric} row={row} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="small dim list-foot">Differences without an explanation: {unexplained}.</p>
    </>
  );
}

function TotalRow({ row }: { readonly row: Row }) {
  const { metric, planned, recorded, verdict } = row;
  const cell = (value: number) => {
    const [text, unit] = metricNumber(metric, value);
    return (
      <>
        {text} {unit !== '' && <span class="u">{unit}</span>}
      </>
    );
  };
  const difference = recorded - planned;
  return (
    <tr>
      <th scope="row">{metricLabel(metric)}</th>
      <td class="num">{cell(planned)}</td>
      <td class="num">{cell(recorded)}</td>
      <td class={`num ${difference === 0 ? 'dim' : 'strong'}`}>
        {metricChange(metric, difference)}
      </td>
      <td>
        <Glyph name={glyphs[verdict]} tone={tones[verdict]} /> {verdict}
      </td>
      <td class="mid">{row.why.join(', ')}</td>
    </tr>
  );
}

function rowsOf({ totals, differences }: ReconcileReport): Row[] {
  return Object.entries(totals)
    .filter(([, { planned, recorded }]) => planned !== 0 || recorded !== 0)
    .map(([metric, { planned, recorded }]) => {
      const causes = differences.flatMap((day) =>
        day.metrics
          .filter((each) => each.metric === metric)
          .map(({ cause }) => day.causes.find(({ code }) => code === cause) ?? unknownCause(cause)),
      );
      const why = [...new Set(causes.map(({ label }) => label))];
      const isEqual = causes.length === 0 && planned === recorded;
      const isKnown = causes.length > 0 && causes.every(({ code }) => code !== 'unexplained');
      const verdict = isEqual ? 'equal' : isKnown ? 'explained' : 'not explained';
      return { metric, planned, recorded, why, verdict };
    });
}

const unknownCause = (code: string) => ({ code, label: code.replaceAll('_', ' ') });
