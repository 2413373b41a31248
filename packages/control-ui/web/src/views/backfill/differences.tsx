import type { ReconcileReport } from '@trafficinator/contract';
import { place, setQuery } from '../../app/router.ts';
import { dateOf } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { metricChange, metricLabel, metricNumber } from './metric-text.ts';

type Day = ReconcileReport['differences'][number];
const shown_days = 10;

/** Each day that differs, with its metrics and what is likely behind it. */
export function Differences({ report }: { readonly report: ReconcileReport }) {
  const { differences } = report;
  if (differences.length === 0) return null;
  const all = place.value.query.get('different') === 'all';
  return (
    <div class="differing">
      <h3>Days that differ</h3>
      {(all ? differences : differences.slice(0, shown_days)).map((day) => (
        <DayThatDiffers key={day.date} day={day} />
      ))}
      {differences.length > shown_days && (
        <button
          type="button"
          class="link"
          onClick={() => setQuery({ different: all ? null : 'all' })}
        >
          {all ? `Show ${shown_days} days` : `Show all ${count(differences.length)} days`}
        </button>
      )}
    </div>
  );
}

function DayThatDiffers({ day }: { readonly day: Day }) {
  const visits = day.metrics.find(({ metric }) => metric === 'visits');
  const said = visits === undefined ? '' : `, visits ${metricChange('visits', visits.difference)}`;
  return (
    <details class="more">
      <summary>
        {dateOf(day.date)}: {count(day.metrics.length)}{' '}
        {day.metrics.length === 1 ? 'metric' : 'metrics'}
        {said}; {day.causes.map(({ label }) => label).join(', ')}
      </summary>
      {day.causes.map(({ code, text, missing_visits }) => (
        <p key={code} class="mid">
          {text}
          {missing_visits.length > 0 &&
            ` Among the visits that Matomo does not have: ${missing_visits
              .slice(0, 3)
              .map(({ visitor_id, started_at }) => `${visitor_id} (${started_at})`)
              .join(', ')}.`}
        </p>
      ))}
      <Scroll label={`Metrics of ${dateOf(day.date)}`}>
        <table class="tbl rows">
          <thead>
            <tr>
              <th>Metric</th>
              <th class="num">Planned</th>
              <th class="num">Recorded</th>
              <th class="num">There before</th>
              <th class="num">Difference</th>
            </tr>
          </thead>
          <tbody>
            {day.metrics.map((row) => (
              <tr key={row.metric} title={row.report}>
                <th scope="row">{metricLabel(row.metric)}</th>
                {[row.planned, row.recorded, row.baseline].map((value, at) => (
                  <td key={['planned', 'recorded', 'baseline'][at]} class="num">
                    {metricNumber(row.metric, value).join(' ')}
                  </td>
                ))}
                <td class="num strong">{metricChange(row.metric, row.difference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
