import type { PlanSummary } from '@trafficinator/contract';

type Section = PlanSummary['sections'][number];
type Row = Section['rows'][number];

const bar_characters = 24;
const mostDays = 31;
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** A preview for people: what is off first, then every share with its bar. */
export function planSummaryText(summary: PlanSummary): string {
  const { seed, from, visits, hits, sections } = summary;
  const first = from === 0 ? '' : `, from visit ${from} on`;
  const lines = [
    `${whole.format(visits)} visits with ${whole.format(hits)} hits, seed ${seed}${first}. This was planned; nothing was sent.`,
    '',
    ...verdict(sections),
    ...sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
    ...calendarLines(summary.calendar),
  ];
  return `${lines.join('\n')}\n`;
}

function verdict(sections: readonly Section[]): string[] {
  const off = sections.flatMap(({ title, rows }) =>
    rows.filter((row) => row.off).map((row) => ({ title, row })),
  );
  if (off.length === 0) return ['Every share is what was asked for, give or take chance.'];
  return [
    'OFF: these are not what was asked for, and not by chance:',
    ...off.map(
      ({ title, row }) =>
        `  ${title}: ${row.name}, asked ${percent(row.asked)}, planned ${percent(row.planned)}`,
    ),
  ];
}

/** Bars are relative to the greatest share; deviations in standard deviations of chance. */
function sectionLines({ title, of, total, rows, figures }: Section): string[] {
  const width = Math.max(14, ...rows.map(({ name }) => name.length));
  const greatest = Math.max(...rows.map(({ planned }) => planned ?? 0));
  const lines = rows.map((row) =>
    [
      `  ${row.name.padEnd(width)}`,
      percent(row.asked).padStart(9),
      percent(row.planned).padStart(9),
      whole.format(row.count).padStart(11),
      deviation(row).padStart(10),
      ` ${bar(row.planned ?? 0, greatest)}`,
    ].join(''),
  );
  const head = `  ${''.padEnd(width)}${'asked'.padStart(9)}${'planned'.padStart(9)}${'count'.padStart(11)}${'off by'.padStart(10)}`;
  return [
    `${title} (of ${whole.format(total)} ${of})`,
    ...(rows.length > 0 ? [head.trimEnd(), ...lines.map((line) => line.trimEnd())] : []),
    ...figures.map(
      ({ name, value, unit, asked }) =>
        `  ${name}: ${fraction.format(value)}${unit === null ? '' : ` ${unit}`}${asked === null ? '' : ` (asked: ${asked})`}`,
    ),
  ];
}

function deviation({ sigmas, off }: Row): string {
  const text = sigmas === null ? '' : `${sigmas.toFixed(1)} σ`;
  return off ? `${text} OFF`.trim() : text;
}

const bar = (share: number, greatest: number): string =>
  greatest === 0 ? '' : '█'.repeat(Math.round((share / greatest) * bar_characters));

const percent = (share: number | null): string =>
  share === null ? '-' : `${(share * 100).toFixed(2)} %`;

function calendarLines({ kind, timezone, days }: PlanSummary['calendar']): string[] {
  const title =
    kind === 'live'
      ? `Visits a day of a run that begins on ${days[0]?.date} at midnight (${timezone})`
      : `Visits a day of the backfill’s window (days of ${timezone}; a backfill takes the site’s)`;
  const shown = days.length <= mostDays ? days : days.slice(0, mostDays);
  const rows = shown.map(({ date, asked, planned }) => {
    const cells = [
      asked === null ? '-' : whole.format(asked),
      planned === null ? '-' : whole.format(planned),
    ];
    return `  ${date.padEnd(14)}${cells.map((cell) => cell.padStart(11)).join('')}`;
  });
  const rest = days.length - shown.length;
  return [
    title,
    `  ${''.padEnd(14)}${'asked'.padStart(11)}${'planned'.padStart(11)}`,
    ...rows,
    ...(rest > 0 ? [`  … ${rest} more days; --json has them all`] : []),
    ...(days.some(({ planned }) => planned === null)
      ? ['  -: these visits do not fill the day; ask for more with --visits']
      : []),
  ];
}
