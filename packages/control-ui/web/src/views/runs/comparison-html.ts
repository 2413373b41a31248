import type { RunComparison } from '@trafficinator/contract/rest';
import type { Point } from '../../parts/plots/points.ts';
import { alignedOf, hitsPerSecond, p95Of, valuesOf } from './aligned.ts';
import { alike, type ComparedRow, changeText, comparedGroups, verdictOf } from './compare-rows.ts';
import { equalSentence, headline, lengthSentence, settingsSentence } from './compare-words.ts';
import { valueText } from './details.tsx';
import { percentileCurve } from './percentile-curve.ts';
import { pageOf, safe, tableOf } from './report-page.ts';
import { resultOf } from './result.ts';
import { endOf, kindWords, shortId } from './run-words.ts';
import { svgCurves } from './svg-curve.ts';

/** Points of both runs over time. */
export interface BothSeries {
  readonly a: readonly Point[];
  readonly b: readonly Point[];
}

/** Two runs side by side as one HTML file that needs nothing else. */
export function comparisonHtml(compared: RunComparison, series: BothSeries): string {
  const { groups, equalLoad } = comparedGroups(compared);
  const tables = groups.map(
    ({ title, rows }) =>
      `<h2>${title}</h2>${tableOf(
        ['', 'A', 'B', 'Change', 'Verdict'],
        rows.map((row) => ({ cells: cellsOf(row), sum: row.sum })),
        true,
      )}`,
  );
  return pageOf(headline(compared), [
    `<p>${safe(lengthSentence(compared))} ${safe(settingsSentence(compared))}</p>`,
    tableOf(['', 'A', 'B'], factsOf(compared)),
    ...tables,
    `<p class="dim">Measured numbers within ${100 * alike} % of one another count as the same.${equalLoad ? '' : ' Counts are not judged: the two planned different numbers of hits.'}</p>`,
    percentiles(compared),
    curves(series),
    '<h2>Settings that differ</h2>',
    compared.settings.length === 0
      ? ''
      : tableOf(
          ['Setting', 'A', 'B'],
          compared.settings.map(({ name, a, b }) => [name, valueText(a), valueText(b)]),
        ),
    `<p class="dim">${equalSentence(compared)} Secrets are ***.</p>`,
  ]);
}

function factsOf({ a, b }: RunComparison): string[][] {
  const row = (title: string, of: (run: RunComparison['a']) => string | null) => {
    const texts = [of(a), of(b)].map((text) => text ?? '–');
    return texts.every((text) => text === '–') ? [] : [[title, ...texts]];
  };
  return [
    ...row('Run', ({ id }) => shortId(id)),
    ...row('Name', ({ name }) => name),
    ...row('Kind', ({ kind }) => kindWords[kind]),
    ...row('Preset', ({ preset }) => preset),
    ...row('Started', ({ started_at }) => started_at),
    ...row('Ended', ({ ended_at }) => ended_at ?? 'not yet'),
    ...row('End', ({ end, reason }) => [endOf(end).word, reason].filter(Boolean).join(': ')),
    ...row('Loaders', ({ instances }) => instances.join(', ')),
    ...row('Seed', (run) => {
      const seed = resultOf(run)?.seed;
      return seed == null ? null : String(seed);
    }),
  ];
}

function cellsOf(row: ComparedRow): string[] {
  const { label, pair, text, unit, measured } = row;
  const of = (value: number | null) =>
    value === null ? 'not told' : [text(value), unit].filter(Boolean).join(' ');
  return [label, of(pair.a), of(pair.b), changeText(pair, measured), verdictOf(row) ?? ''];
}

const key = (side: 'a' | 'b') =>
  `<svg class="key" viewBox="0 0 24 8" aria-hidden="true"><path class="curve ${side}" d="M0 4H24"/></svg> ${side.toUpperCase()}`;

function curves({ a, b }: BothSeries): string {
  if (a.length < 2 && b.length < 2) return '';
  const both = alignedOf(a, b);
  const draw = (title: string, value: typeof p95Of, unit: string, log: boolean) => {
    const lines = (['a', 'b'] as const).map((kind) => ({
      kind,
      values: valuesOf(both, kind, value),
    }));
    const drawn = svgCurves(title, both.times, lines, (tick) => `${tick} ${unit}`, log);
    return `<h2>${title}</h2><p class="dim">${key('a')} ${key('b')}, both aligned at their start</p>${drawn}`;
  };
  const timed = [...a, ...b].some(({ p95_ms }) => p95_ms !== null);
  return [
    draw('Accepted hits per second', hitsPerSecond, '/s', false),
    timed ? draw('Answer time p95, log scale', p95Of, 'ms', true) : '',
  ].join('\n');
}

function percentiles(compared: RunComparison): string {
  const curve = percentileCurve(compared);
  if (curve === null) return '';
  const ticks = curve.ticks.map(
    ({ y, text }) =>
      `<path class="grid" d="M${curve.left} ${y}H${curve.right}"/><text x="${curve.left - 8}" y="${y}" dy="4" text-anchor="end">${text}</text>`,
  );
  const marks = curve.marks.map(
    ({ x, y, text }) => `<text x="${x}" y="${y}" text-anchor="middle">${text}</text>`,
  );
  const lines = curve.lines.map(({ side, path }) => `<path class="curve ${side}" d="${path}"/>`);
  return `<h2>Answer time by percentile, log scale</h2><p class="dim">${key('a')} ${key('b')}</p><svg class="small" viewBox="${curve.box}" role="img" aria-label="Answer time by percentile">${[...ticks, ...marks, ...lines].join('')}</svg>`;
}
