import type { RunRecord } from '@trafficinator/contract/rest';
import { count, millis, share } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { outcomes } from '../../parts/ledger.tsx';
import { type Point, withGaps } from '../../parts/plots/points.ts';
import { valueText } from './details.tsx';
import { pageOf, safe, tableOf } from './report-page.ts';
import { type Result, resultOf } from './result.ts';
import { endOf, kindWords, shortId } from './run-words.ts';
import { svgCurves } from './svg-curve.ts';

/** A run as one HTML file that needs nothing else: to be sent, printed and kept. */
export function reportHtml(run: RunRecord, points: readonly Point[]): string {
  const result = resultOf(run);
  return pageOf(`Run ${shortId(run.id)}: ${endOf(run.end).word.toLowerCase()}`, [
    `<p>${safe(run.reason ?? '')}</p>`,
    tableOf([], factsOf(run, result)),
    result === null ? '<p>The loader told no numbers.</p>' : resultParts(result),
    graphs(points),
    '<h2>Settings</h2>',
    '<p>As they were given; all others were at their default. Secrets are ***.</p>',
    tableOf(
      ['Setting', 'Value'],
      Object.entries(run.settings).map(([name, value]) => [name, valueText(value)]),
    ),
  ]);
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
    `<h2>Hits</h2>${tableOf(['Outcome', 'Hits', 'Share'], [...rows, ...pending], true)}`,
    `<p class="${addsUp ? 'sum' : ''}">Planned ${count(hits.planned)} hits of ${count(visits.planned)} visits.${addsUp ? '' : ` The outcomes are off by ${count(hits.planned - hits.pending - settled)}.`}</p>`,
  ];
  if (durations.length > 0) {
    const spreads = durations.map(([name, { p50, p95, p99, max }]) => [
      name,
      ...[p50, p95, p99, max].map(ms),
    ]);
    parts.push(
      `<h2>Durations</h2>${tableOf(['Of a hit', 'p50', 'p95', 'p99', 'most'], spreads, true)}`,
    );
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
  const of = (value: (point: Point) => number | null) =>
    filled.map((point) => (point === null ? null : value(point)));
  const hits = of((point) => point.accepted / Math.max(1, point.seconds));
  const p95 = of(({ p95_ms }) => p95_ms);
  const draw = (title: string, kind: string, values: typeof hits, unit: string, log: boolean) =>
    `<h2>${title}</h2>${svgCurves(title, times, [{ kind, values }], (tick) => `${tick} ${unit}`, log)}`;
  return [
    draw('Accepted hits per second', 'accepted', hits, '/s', false),
    p95.some((value) => value !== null)
      ? draw('Answer time p95, log scale', 'b', p95, 'ms', true)
      : '',
    `<p class="dim">${isoOf(points[0])} to ${isoOf(points.at(-1))}</p>`,
  ].join('\n');
}

const isoOf = (point: Point | undefined): string =>
  new Date((point?.at_seconds ?? 0) * 1000).toISOString();
