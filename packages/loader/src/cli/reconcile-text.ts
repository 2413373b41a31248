import type { ReconcileReport } from '@trafficinator/contract';
import { paint } from './report.ts';

type Day = ReconcileReport['differences'][number];
type Row = Day['metrics'][number];

const whole = new Intl.NumberFormat('en-US');
const money = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
/** Longer windows do not list the days that are equal; so many that differ have a table, and as many more a line. */
const mostEqual = 31;
const mostTables = 5;
const mostLines = 31;
const lineWidth = 100;

/** The comparison for people: what was compared, the days, a table for each that differs, the verdict. */
export function reconcileText(report: ReconcileReport, colour: boolean): string {
  const bold = (text: string) => paint(text, ['bold'], colour);
  return [
    ...headLines(report, bold),
    '',
    ...dayLines(report),
    ...report.differences.slice(0, mostTables).flatMap((day) => ['', ...tableLines(day, bold)]),
    ...moreLines(report),
    '',
    ...notComparedLines(report),
    ...report.notices.flatMap((notice) => wrapped(notice, 'Note: ', '      ')),
    verdictLine(report, colour),
    '',
  ].join('\n');
}

function headLines(report: ReconcileReport, bold: (text: string) => string): string[] {
  const { target, window, hits } = report;
  return [
    bold(`Backfill ${report.run_id}, site ${target.site_id} at ${target.url}`),
    `  ${window.first_day} to ${window.last_day}, ${window.days} days in ${report.timezone}`,
    `  ${whole.format(hits.accepted)} accepted hits in ${whole.format(report.batches)} batches, ${report.metrics.length} metrics a day`,
  ];
}

function dayLines({ days, equal_days, differences }: ReconcileReport): string[] {
  const summary = `  ${whole.format(days.equal)} of ${whole.format(days.compared)} days equal`;
  if (days.compared > mostEqual) return [summary];
  const lines = [
    ...equal_days.map(({ date, visits, actions }) => ({
      date,
      line: `  ${date}  equal     ${whole.format(visits)} visits, ${whole.format(actions)} actions`,
    })),
    ...differences.map(({ date, metrics }) => ({
      date,
      line: `  ${date}  DIFFERS   in ${metrics.length} ${metrics.length === 1 ? 'metric' : 'metrics'}`,
    })),
  ];
  return [...lines.sort((a, b) => (a.date < b.date ? -1 : 1)).map(({ line }) => line), summary];
}

/** A day that differs: a row for each metric, then the likely causes. */
export function tableLines(day: Day, bold: (text: string) => string = (text) => text): string[] {
  const labels = new Map(day.causes.map(({ code, label }) => [code, label]));
  const cells = day.metrics.map((row) => [
    labelOf(row),
    numberOf(row, row.planned),
    row.baseline === 0
      ? numberOf(row, row.recorded)
      : `${numberOf(row, row.recorded)} (${numberOf(row, row.baseline)} before)`,
    signed(row),
    labels.get(row.cause) ?? row.cause,
  ]);
  const head = ['metric', 'planned', 'recorded', 'difference', 'likely cause'];
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => (row[at] as string).length)),
  );
  const line = (row: readonly string[]) =>
    `  ${row
      .map((cell, at) =>
        at === 0 || at === 4
          ? cell.padEnd(widths[at] as number)
          : cell.padStart(widths[at] as number),
      )
      .join('  ')}`.trimEnd();
  return [
    bold(`${day.date} differs`),
    line(head),
    ...cells.map(line),
    ...day.causes.flatMap(({ label, text }) => wrapped(text, `  ${label}: `, '    ')),
  ];
}

const labelOf = ({ metric }: Row): string =>
  metric.replace(/_(minor|seconds)$/, '').replaceAll('_', ' ');

const numberOf = ({ unit }: Row, value: number): string => {
  if (unit === 'money') return money.format(value / 100);
  return unit === 'seconds' ? `${whole.format(value)} s` : whole.format(value);
};

const signed = (row: Row): string =>
  `${row.difference > 0 ? '+' : ''}${numberOf(row, row.difference)}`;

/** The days that differ and have no table. */
function moreLines({ differences }: ReconcileReport): string[] {
  const more = differences.slice(mostTables);
  if (more.length === 0) return [];
  const lines = more.slice(0, mostLines).map(({ date, metrics, causes }) => {
    const visits = metrics.find(({ metric }) => metric === 'visits');
    const told = visits === undefined ? '' : `, visits ${signed(visits)}`;
    const labels = [...new Set(causes.map(({ label }) => label))].join(', ');
    return `  ${date}  ${metrics.length} metrics${told}: ${labels}`;
  });
  const rest = more.length - lines.length;
  return [
    '',
    `${more.length} more ${more.length === 1 ? 'day differs' : 'days differ'}; --json and --junit have their tables:`,
    ...lines,
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

function notComparedLines({ not_compared }: ReconcileReport): string[] {
  const byReason = Map.groupBy(not_compared, ({ reason, days }) =>
    days === null ? reason : `${days.length} ${days.length === 1 ? 'day' : 'days'}: ${reason}`,
  );
  return [...byReason].flatMap(([reason, all]) => {
    const names = all.map(({ metric }) => metric.replaceAll('_', ' ')).join(', ');
    return wrapped(`${names} (${reason}).`, 'Not compared: ', '      ');
  });
}

function verdictLine({ ok, days, totals, metrics }: ReconcileReport, colour: boolean): string {
  const visits = whole.format(totals.visits?.recorded ?? 0);
  const text = ok
    ? `Equal: Matomo reports what was delivered, ${visits} visits on ${days.compared} days in ${metrics.length} metrics.`
    : `Not equal: ${days.different} of ${days.compared} days ${days.different === 1 ? 'differs' : 'differ'}; ${totalsText(totals)}.`;
  return paint(text, [ok ? 'green' : 'red', 'bold'], colour);
}

function totalsText({ visits, actions }: ReconcileReport['totals']): string {
  const parts = [
    ...(visits
      ? [`${whole.format(visits.recorded)} of ${whole.format(visits.planned)} visits`]
      : []),
    ...(actions
      ? [`${whole.format(actions.recorded)} of ${whole.format(actions.planned)} actions`]
      : []),
  ];
  return `in all ${parts.join(' and ')} are in the reports`;
}

const glue = '\u00a0';

/** Lines of a paragraph; a command is never broken, so that it can be copied. */
function wrapped(text: string, first: string, indent: string): string[] {
  const whole = text.replace(/\.\/console [\w:-]+(?: --\S+)*/g, (command) =>
    command.replaceAll(' ', glue),
  );
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of whole.split(' ')) {
    if (!isEmpty && line.length + word.length >= lineWidth) {
      lines.push(line.trimEnd());
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()].map((each) => each.replaceAll(glue, ' '));
}
