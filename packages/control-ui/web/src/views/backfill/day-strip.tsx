import type { BackfillReport } from '@trafficinator/contract';
import { dateOf, shortMonthOf } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';

type Day = BackfillReport['days'][number];

/** More cells cannot be told apart; longer windows have several days in a cell. */
const most_cells = 120;
const most_labels = 14;

/** One cell a site-day, or a few of them: to come, sending, sent, with refusals, with unknown hits. */
export function DayStrip({ days }: { readonly days: readonly Day[] }) {
  const per_cell = Math.max(1, Math.ceil(days.length / most_cells));
  const cells = Array.from({ length: Math.ceil(days.length / per_cell) }, (_, n) =>
    days.slice(n * per_cell, (n + 1) * per_cell),
  );
  const sent = days.filter((day) => day.visits >= day.planned_visits).length;
  const labels = monthStarts(cells);
  return (
    <>
      <div
        class="days"
        role="img"
        aria-label={`${count(sent)} of ${count(days.length)} days sent`}
        style={{ '--n': String(cells.length) }}
      >
        {cells.map((cell) => (
          <i
            key={cell[0]?.date}
            class={stateOf(cell)}
            title={titleOf(cell)}
            style={{ '--p': `${100 * partOf(cell)}%` }}
          />
        ))}
        {labels.length <= most_labels &&
          labels.map(([month, at], index) => (
            <span
              key={month}
              style={{ gridColumn: `${at + 1} / ${(labels[index + 1]?.[1] ?? cells.length) + 1}` }}
            >
              {(labels[index + 1]?.[1] ?? cells.length) - at > 2 && shortMonthOf(`${month}-01`)}
            </span>
          ))}
      </div>
      {per_cell > 1 && <p class="small dim">One cell is {per_cell} days.</p>}
    </>
  );
}

const sum = (cell: readonly Day[], of: (day: Day) => number): number =>
  cell.reduce((all, day) => all + of(day), 0);

function partOf(cell: readonly Day[]): number {
  const planned = sum(cell, (day) => day.planned_visits);
  return planned === 0 ? 1 : Math.min(1, sum(cell, (day) => day.visits) / planned);
}

function stateOf(cell: readonly Day[]): string {
  const part = partOf(cell);
  if (part < 1) return part === 0 ? '' : 'part';
  if (sum(cell, (day) => day.unknown) > 0) return 'q';
  return sum(cell, (day) => day.rejected + day.failed) > 0 ? 'r' : 'done';
}

function titleOf(cell: readonly Day[]): string {
  const first = cell[0];
  const last = cell.at(-1);
  if (first === undefined || last === undefined) return '';
  const dates =
    first === last ? dateOf(first.date) : `${dateOf(first.date)} to ${dateOf(last.date)}`;
  const visits = `${count(sum(cell, (day) => day.visits))} of ${count(sum(cell, (day) => day.planned_visits))} visits`;
  const missed = (['rejected', 'failed', 'unknown'] as const)
    .map((name) => [name, sum(cell, (day) => day[name])] as const)
    .filter(([, hits]) => hits > 0)
    .map(([name, hits]) => `, ${count(hits)} hits ${name}`);
  return `${dates}: ${visits}${missed.join('')}`;
}

function monthStarts(cells: readonly (readonly Day[])[]): (readonly [string, number])[] {
  const starts: (readonly [string, number])[] = [];
  for (const [at, cell] of cells.entries()) {
    const month = cell[0]?.date.slice(0, 7) ?? '';
    if (starts.at(-1)?.[0] !== month) starts.push([month, at]);
  }
  return starts;
}
