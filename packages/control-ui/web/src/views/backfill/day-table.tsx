import type { BackfillReport } from '@trafficinator/contract';
import { place, setQuery } from '../../app/router.ts';
import { dayOf } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Section } from '../../parts/section.tsx';

type Day = BackfillReport['days'][number];
const outcomes = ['accepted', 'rejected', 'failed', 'unknown'] as const;
const shown_days = 31;

/** What became of each day's hits; the newest first. Days to come are left out. */
export function DayTable({ days }: { readonly days: readonly Day[] }) {
  const begun = days.filter((day) => day.visits > 0).toReversed();
  if (begun.length === 0) return null;
  const all = place.value.query.get('days') === 'all';
  const shown = all ? begun : begun.slice(0, shown_days);
  return (
    <Section title="By day" meta="newest first">
      <Scroll label="Days">
        <table class="tbl rows">
          <thead>
            <tr>
              <th>Site-day</th>
              <th class="num">Visits</th>
              <th class="num">Hits</th>
              {outcomes.map((name) => (
                <th key={name} class="num">
                  <Glyph name={name} tone={name} /> {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((day) => (
              <tr key={day.date}>
                <td>
                  {dayOf(day.date)} {day.date.slice(0, 4)}{' '}
                  {day.visits < day.planned_visits && (
                    <span class="tag changed">
                      {Math.floor((100 * day.visits) / day.planned_visits)} %
                    </span>
                  )}
                </td>
                <td class="num">{count(day.visits)}</td>
                <td class="num">{count(day.hits)}</td>
                {outcomes.map((name) => (
                  <td key={name} class={`num ${day[name] === 0 ? 'dim' : ''}`}>
                    {count(day[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {begun.length > shown_days && (
        <p class="small list-foot">
          <button type="button" class="link" onClick={() => setQuery({ days: all ? null : 'all' })}>
            {all ? `Show the last ${shown_days} days` : `Show all ${count(begun.length)} days`}
          </button>
        </p>
      )}
    </Section>
  );
}
