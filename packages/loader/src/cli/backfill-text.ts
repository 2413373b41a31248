import type { BackfillReport } from '@trafficinator/contract';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const mostDays = 40;

/** The report of a backfill for people: the sums, each day, what to do next. */
export function backfillText(report: BackfillReport): string {
  const { visits, hits, window, rate } = report;
  const n = (value: number) => whole.format(value);
  const lines = [
    report.exit_reason ?? `Running since ${report.started_at}.`,
    '',
    `  window   ${window.first_day} to ${window.last_day}, ${window.days} days in ${report.timezone}`,
    `  visits   ${n(visits.planned)} planned = ${n(visits.done)} done + ${n(visits.remaining)} remaining`,
    `  hits     ${n(hits.done)} done = ${n(hits.accepted)} accepted + ${n(hits.rejected)} rejected + ${n(hits.failed)} failed + ${n(hits.unknown)} unknown`,
    `  rate     ${n(rate.visits_per_second)} visits/s, ${n(rate.hits_per_second)} hits/s, ${rate.requests_per_second} requests/s (${report.delivery})`,
    ...report.reasons.map(({ reason, count }) => `  ${n(count)} hits not accepted: ${reason}`),
    `  run      ${report.run_id}, seed ${report.seed}`,
    '',
    ...dayLines(report),
  ];
  if (report.next_steps.length > 0) {
    lines.push('', 'Next:', ...report.next_steps.map((step) => `  - ${step}`));
  }
  return `${lines.join('\n')}\n`;
}

function dayLines(report: BackfillReport): string[] {
  const columns = ['visits', 'hits', 'accepted', 'rejected', 'failed', 'unknown'];
  const head = `  ${'day'.padEnd(12)}${columns.map((c) => c.padStart(10)).join('')}`;
  const rows = report.days.map((day) => {
    const cells = [day.visits, day.hits, day.accepted, day.rejected, day.failed, day.unknown];
    const missing = day.visits === day.planned_visits ? '' : `  of ${day.planned_visits} planned`;
    return `  ${day.date.padEnd(12)}${cells.map((c) => whole.format(c).padStart(10)).join('')}${missing}`;
  });
  if (rows.length <= mostDays) return [head, ...rows];
  const half = mostDays / 2;
  const hidden = `  … ${rows.length - mostDays} more days; --json and the report file have them all`;
  return [head, ...rows.slice(0, half), hidden, ...rows.slice(-half)];
}
