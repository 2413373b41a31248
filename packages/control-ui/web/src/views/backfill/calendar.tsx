import { addDays } from '@trafficinator/contract/calendar-date';
import { useState } from 'preact/hooks';
import { dateOf, monthOf } from '../../format/days.ts';

const months_shown = 6;
const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

/** Six months of site-days; two presses choose a window. Arrow keys move, Enter chooses. */
export function Calendar(props: {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  /** The month that is shown last: `2026-11`. */
  readonly last: string;
  /** The backfill that filled a day already. */
  readonly filledBy: (date: string) => string | null;
  readonly onChoose: (from: string, to: string) => void;
  readonly onMove: (last: string) => void;
}) {
  const { from, to, today } = props;
  const [begun, setBegun] = useState<string | null>(null);
  const shown = Array.from({ length: months_shown }, (_, n) =>
    monthsLater(props.last, n - months_shown + 1),
  );
  const reach =
    from >= `${shown[0]}-01` && from.slice(0, 7) <= props.last ? from : `${shown[0]}-01`;
  const choose = (date: string) => {
    if (begun === null) {
      setBegun(date);
      props.onChoose(date, date);
      return;
    }
    setBegun(null);
    if (date < begun) props.onChoose(date, begun);
    else props.onChoose(begun, date);
  };
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const date = (event.target as HTMLElement).dataset.date;
    if (step === undefined || date === undefined) return;
    event.preventDefault();
    const next = addDays(date, step);
    document.querySelector<HTMLElement>(`.cal [data-date="${next}"]`)?.focus();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the days within */}
      <div class="cal" onKeyDown={move}>
        {shown.map((month) => (
          <div key={month}>
            <h3>{monthOf(`${month}-01`)}</h3>
            <table aria-label={monthOf(`${month}-01`)}>
              <thead>
                <tr>
                  {weekdays.map((day) => (
                    <th key={day} scope="col">
                      {day}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(month).map((week, row) => (
                  <tr key={row}>
                    {week.map((date, column) =>
                      date === null ? (
                        <td key={column} />
                      ) : (
                        <Day
                          key={date}
                          date={date}
                          state={stateOf(date, from, to, today)}
                          filledBy={props.filledBy(date)}
                          reachable={date === reach}
                          onChoose={choose}
                        />
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
      <p class="row small cal-foot">
        <button
          type="button"
          class="btn quiet"
          onClick={() => props.onMove(monthsLater(props.last, -months_shown))}
        >
          Earlier months
        </button>
        {props.last < today.slice(0, 7) && (
          <button
            type="button"
            class="btn quiet"
            onClick={() => props.onMove(monthsLater(props.last, months_shown))}
          >
            Later months
          </button>
        )}
        <span class="dim" role="status">
          {begun !== null && `From ${dateOf(begun)}: choose the last day.`}
        </span>
      </p>
    </>
  );
}

type State = 'end' | 'in-w' | 'off' | '';

function stateOf(date: string, from: string, to: string, today: string): State {
  if (date > today) return 'off';
  if (date === from || date === to) return 'end';
  return date > from && date < to ? 'in-w' : '';
}

function Day(props: {
  readonly date: string;
  readonly state: State;
  readonly filledBy: string | null;
  readonly reachable: boolean;
  readonly onChoose: (date: string) => void;
}) {
  const { date, state, filledBy } = props;
  const about = filledBy === null ? '' : `, filled by backfill ${filledBy}`;
  return (
    <td class={`${state} ${filledBy === null ? '' : 'has'}`}>
      <button
        type="button"
        data-date={date}
        tabIndex={props.reachable ? 0 : -1}
        aria-disabled={state === 'off'}
        aria-pressed={state === 'end' || state === 'in-w'}
        aria-label={`${dateOf(date)}${about}`}
        title={about === '' ? undefined : about.slice(2)}
        onClick={() => {
          if (state !== 'off') props.onChoose(date);
        }}
      >
        {Number(date.slice(8))}
      </button>
    </td>
  );
}

/** The weeks of a month from Monday on; null where a day is another month's. */
function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (string | null)[] = Array.from({ length: before }, () => null);
  for (let date = first; date.startsWith(month); date = addDays(date, 1)) cells.push(date);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, n) => cells.slice(7 * n, 7 * n + 7));
}

function monthsLater(month: string, by: number): string {
  const [year = 0, own = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, own - 1 + by, 1)).toISOString().slice(0, 7);
}
