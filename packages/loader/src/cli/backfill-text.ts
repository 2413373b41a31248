import type { BackfillReport } from '@trafficinator/contract';
import { table } from './day-table.ts';
import { funnelLine } from './funnel-line.ts';
import { journeyLines, pluginLines } from './way-lines.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const n = (value: number): string => whole.format(value);

/** The report of a backfill for people: the sums, each day, what to do next. */
export function backfillText(report: BackfillReport): string {
  const { visits, hits, window } = report;
  const lines = [
    report.exit_reason ?? `Running since ${report.started_at}.`,
    '',
    `  window   ${window.first_day} to ${window.last_day}, ${window.days} days in ${report.timezone}`,
    `  visits   ${n(visits.planned)} planned = ${n(visits.done)} done + ${n(visits.remaining)} remaining`,
    `  hits     ${n(hits.done)} done = ${n(hits.accepted)} accepted + ${n(hits.rejected)} rejected + ${n(hits.failed)} failed + ${n(hits.unknown)} unknown`,
    ...negativeLine(report),
    ...rateLine(report),
    ...report.reasons.map(
      ({ outcome, reason, count }) => `  ${outcome.padEnd(9)}${n(count)}: ${reason}`,
    ),
    ...report.funnels.map(funnelLine),
    ...journeyLines(report.journeys),
    ...pluginLines(report.plugins),
    `  run      ${report.run_id}, seed ${report.seed}`,
    '',
    ...dayLines(report),
  ];
  if (report.notices.length > 0) lines.push('', 'Note:', ...report.notices.map(item));
  if (report.next_steps.length > 0) lines.push('', 'Next:', ...report.next_steps.map(item));
  return `${lines.join('\n')}\n`;
}

/** The part that Matomo must not record, if there is one. */
function negativeLine({ negative: { visits, hits } }: BackfillReport): string[] {
  if (visits === 0) return [];
  return [
    `  negative ${n(visits)} of the visits and ${n(hits)} of the hits done, which Matomo must not record`,
  ];
}

/** Rates are of this process: one that sent nothing has none. */
function rateLine({ rate, delivery }: BackfillReport): string[] {
  if (rate.requests_per_second === 0) return [];
  return [
    `  rate     ${n(rate.visits_per_second)} visits/s, ${n(rate.hits_per_second)} hits/s, ${rate.requests_per_second} requests/s (${delivery})`,
  ];
}

const item = (text: string): string => `  - ${text}`;

function dayLines(report: BackfillReport): string[] {
  const columns = ['day', 'visits', 'hits', 'accepted', 'rejected', 'failed', 'unknown'];
  const rows = report.days.map((day) => {
    const cells = [day.visits, day.hits, day.accepted, day.rejected, day.failed, day.unknown];
    const missing =
      day.visits === day.planned_visits ? [] : [`  of ${n(day.planned_visits)} planned`];
    return [day.date, ...cells.map(n), ...missing];
  });
  return table(columns, rows, '--json and the report file have them all');
}
