import type { RunRecord } from '@trafficinator/contract/rest';
import { count, millis, rate, share } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { outcomes } from '../../parts/ledger.tsx';
import { type Point, withGaps } from '../../parts/plots/points.ts';
import { valueText } from './details.tsx';
import { type Result, resultOf } from './result.ts';
import { endOf, kindWords, shortId } from './run-words.ts';
import { svgCurve } from './svg-curve.ts';

/** A run as one HTML file that needs nothing else: to be sent, printed and kept. */
export function reportHtml(run: RunRecord, points: readonly Point[]): string {
  const result = resultOf(run);
  const title = `Run ${shortId(run.id)}: ${endOf(run.end).word.toLowerCase()}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)} · Trafficinator</title>
<style>${style}</style>
</head>
<body>
<h1>${safe(title)}</h1>
<p>${safe(run.reason ?? '')}</p>
${tableOf([], factsOf(run, result))}
${result === null ? '<p>The loader told no numbers.</p>' : resultParts(result)}
${graphs(points)}
<h2>Settings</h2>
<p>As they were given; all others were at their default. Secrets are ***.</p>
${tableOf(
  ['Setting', 'Value'],
  Object.entries(run.settings).map(([name, value]) => [name, valueText(value)]),
)}
</body>
</html>
`;
}

function factsOf(run: RunRecord, result: Result | null): string[][] {
  const end_ms = run.ended_at === null ? Date.now() : Date.parse(run.ended_at);
  return [
    ['Kind', kindWords[run.kind]],
    ...(run.name === null ? [] : [['Name', run.name]]),
    ...(run.preset === null ? [] : [['Preset', run.preset]]),
    ['Started', `${run.started_at} by ${run.started_by}`],
    ['Ended', run.ended_at ?? 'not yet'],
    ['Lasted', spanOf((end_ms - Date.parse(run.started_at)) / 1000)],
    ...(result?.seed == null ? [] : [['Seed', String(result.seed)]]),
    ['Loaders', run.instances.join(', ')],
  ];
}

function resultParts(result: Result): string {
  const { hits, visits, reasons, durations, notices } = result;
  const settled = outcomes.reduce((sum, name) => sum + hits[name], 0);
  const addsUp = settled + hits.pending === hits.planned;
  const rows = outcomes.map((name) => [name, count(hits[name]), share(hits[name], settled)]);
  const pending = hits.pending > 0 ? [['in flight', count(hits.pending), '']] : [];
  const ms = (value: number) => millis(value).join(' ');
  const parts = [
    `<h2>Hits</h2>${tableOf(['Outcome', 'Hits', 'Share'], [...rows, ...pending])}`,
    `<p class="${addsUp ? 'sum' : ''}">Planned ${count(hits.planned)} hits of ${count(visits.planned)} visits.${addsUp ? '' : ` The outcomes are off by ${count(hits.planned - hits.pending - settled)}.`}</p>`,
  ];
  if (durations.length > 0) {
    const spreads = durations.map(([name, { p50, p95, p99, max }]) => [
      name,
      ...[p50, p95, p99, max].map(ms),
    ]);
    parts.push(`<h2>Durations</h2>${tableOf(['Of a hit', 'p50', 'p95', 'p99', 'most'], spreads)}`);
  }
  if (reasons.length > 0) {
    const found = reasons.map((each) => [
      each.outcome,
      each.reason.replaceAll('_', ' '),
      count(each.count),
      each.example ?? '',
    ]);
    parts.push(`<h2>Reasons</h2>${tableOf(['Outcome', 'Reason', 'Hits', 'Example'], found)}`);
  }
  return [...parts, ...notices.map((notice) => `<p>${safe(notice)}</p>`)].join('\n');
}

function graphs(points: readonly Point[]): string {
  if (points.length < 2) return '';
  const filled = withGaps(points);
  const times = filled.map((point, at) => point?.at_seconds ?? filled[at - 1]?.at_seconds ?? 0);
  const hits = filled.map((point) =>
    point === null ? null : point.accepted / Math.max(1, point.seconds),
  );
  const p95 = filled.map((point) => point?.p95_ms ?? null);
  const most = (values: readonly (number | null)[]) => Math.max(...values.map((v) => v ?? 0));
  const between = `${isoOf(points[0])} to ${isoOf(points.at(-1))}`;
  const answers = p95.some((value) => value !== null)
    ? `<h2>Answer time p95, at most ${safe(millis(most(p95)).join(' '))}</h2>${svgCurve(times, p95, '#2f66d0')}`
    : '';
  return `<h2>Accepted hits per second, at most ${rate(most(hits))}</h2>${svgCurve(times, hits, '#1f9a80')}
${answers}<p>${between}</p>`;
}

const isoOf = (point: Point | undefined): string =>
  new Date((point?.at_seconds ?? 0) * 1000).toISOString();

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  const top = head.length === 0 ? '' : `<thead>${cells(head, 'th')}</thead>`;
  return `<table>${top}<tbody>${rows.map((row) => cells(row, 'td')).join('\n')}</tbody></table>`;
}

/** Text of anybody's as text of a page. */
const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `body{font:14px/1.5 system-ui,sans-serif;max-width:760px;margin:32px auto;padding:0 16px;color:#1c1c1a;font-variant-numeric:tabular-nums}
h1{font-size:20px;margin:0}h2{font-size:14px;border-top:1px solid #bbb;padding-top:8px;margin:24px 0 8px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #ddd;overflow-wrap:anywhere}th{font-weight:500;color:#666}
svg{display:block;width:100%}p.sum{border-bottom:3px double;display:inline-block;font-weight:600}`;
