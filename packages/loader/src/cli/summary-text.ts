import type { RunSummary } from '@trafficinator/contract';
import { funnelLine } from './funnel-line.ts';
import { journeyLines, pluginLines } from './way-lines.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The closing summary: what a person reads in five seconds. */
export function summaryText(summary: RunSummary): string {
  const { visits, hits, rate } = summary;
  const n = (value: number) => whole.format(value);
  const lines = [
    `${summary.exit_reason}`,
    '',
    `  visits   ${n(visits.planned)} planned = ${n(visits.delivered)} delivered + ${n(visits.partial)} partial + ${n(visits.dropped)} dropped`,
    `  hits     ${n(hits.planned)} planned = ${n(hits.accepted)} accepted + ${n(hits.rejected)} rejected + ${n(hits.failed)} failed + ${n(hits.unknown)} unknown + ${n(hits.dropped)} dropped`,
    ...negativeLine(summary),
    `  rate     ${n(rate.achieved_per_day)} visits/day achieved of ${n(rate.planned_per_day)} planned`,
  ];
  const response = summary.response_ms;
  if (response !== null) {
    lines.push(
      `  answers  p50 ${ms(response.p50)}, p95 ${ms(response.p95)}, p99 ${ms(response.p99)}, slowest ${ms(response.max)}`,
    );
  }
  lines.push(...summary.funnels.map(funnelLine));
  lines.push(...journeyLines(summary.journeys), ...pluginLines(summary.plugins));
  for (const { outcome, reason, count, example } of summary.reasons.slice(0, 8)) {
    lines.push(
      `  ${outcome.padEnd(8)} ${n(count)} × ${reason}${example ? ` (first: ${example})` : ''}`,
    );
  }
  for (const notice of summary.notices) lines.push(`  note     ${notice}`);
  lines.push(`  run      ${summary.run_id}, seed ${summary.seed}, exit code ${summary.exit_code}`);
  return `${lines.join('\n')}\n`;
}

/** The part that Matomo must not record, if there is one. */
function negativeLine({ negative: { visits, hits } }: RunSummary): string[] {
  if (visits.planned === 0) return [];
  const n = (value: number) => whole.format(value);
  return [
    `  negative ${n(visits.planned)} of the visits and ${n(hits.planned)} of the hits, which Matomo must not record: ${n(visits.delivered)} visits delivered, ${n(hits.accepted)} hits accepted`,
  ];
}

const ms = (value: number): string => `${value >= 100 ? whole.format(value) : value.toFixed(1)} ms`;
