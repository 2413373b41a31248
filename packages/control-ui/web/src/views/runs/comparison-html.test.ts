import type { RunComparison } from '@trafficinator/contract/rest';
import { expect, it } from 'vitest';
import type { Point } from '../../parts/plots/points.ts';
import { comparisonHtml } from './comparison-html.ts';

const script = '<script>alert(1)</script>';
const run = (id: string): RunComparison['a'] => ({
  id,
  kind: 'live',
  name: script,
  instances: [script],
  started_by: script,
  started_at: '2026-05-01T12:00:00.000Z',
  ended_at: '2026-05-01T12:05:00.000Z',
  end: 'stopped',
  reason: script,
  settings: { concurrency: 1, matomo_url: 'https://matomo.example.org/', [script]: script },
  preset: script,
  result: null,
});
const pair = (path: string, a: number, b: number) => ({
  path,
  a,
  b,
  difference: b - a,
  relative: a === 0 ? null : (b - a) / a,
});
const compared: RunComparison = {
  a: run('run-0123456789ab'),
  b: run('run-ba9876543210'),
  settings: [{ name: script, a: script, b: null }],
  numbers: [
    pair('hits.planned', 10, 10),
    pair('hits.accepted', 8, 10),
    pair('hits.rejected', 1, 0),
    pair('hits.failed', 1, 0),
    pair('hits.unknown', 0, 0),
    pair('hits.dropped', 0, 0),
    pair('response_ms.p50', 74, 38),
    pair('response_ms.p95', 309, 128),
    pair('response_ms.p99', 861, 304),
    pair('response_ms.max', 2_140, 910),
    pair(script, 1, 2),
  ],
};
const point = (at_seconds: number, p95_ms: number | null): Point => ({
  at_seconds,
  seconds: 10,
  visits: 1,
  planned_visits: 1,
  accepted: 40,
  rejected: 0,
  failed: 0,
  unknown: 0,
  dropped: 0,
  in_flight: 0,
  p50_ms: p95_ms,
  p95_ms,
  p99_ms: p95_ms,
  lateness_p95_ms: 1,
});
const series = {
  a: [point(100, 300), point(110, 310), point(120, null)],
  b: [point(9_000, 120), point(9_010, 130)],
};

it('is one file without script and without addresses that something would be loaded from', () => {
  const html = comparisonHtml(compared, series);
  expect(html).not.toMatch(/<script|<link|<img|src=|url\(|href=/i);
  expect(html).toContain('&#60;script&#62;');
  expect(html).toContain('<h1>B was answered faster: p95 fell from 309 to 128 ms</h1>');
});

it('has verdicts, percentiles, curves of both, and the settings that differ', () => {
  const html = comparisonHtml(compared, series);
  expect(html).toContain('<td>p95</td><td>309 ms</td><td>128 ms</td><td>−59 %</td><td>better</td>');
  expect(html).toContain('<h2>Answer time by percentile, log scale</h2>');
  expect(html.match(/<path class="curve [ab]" d="M[\d.]+ [\d.]+L/g)).toHaveLength(6);
  expect(html).toContain('1 setting differs.');
  expect(html).toContain('2 given settings are equal');
});

it('draws the double rule only below a sum that adds up', () => {
  expect(comparisonHtml(compared, series)).toContain('<tr class="sum"><td>Planned</td>');
  const off = structuredClone(compared);
  off.numbers[1] = pair('hits.accepted', 7, 10);
  expect(comparisonHtml(off, series)).not.toContain('class="sum"');
});

it('leaves out what was not measured', () => {
  const without = { ...compared, numbers: [], settings: [] };
  const html = comparisonHtml(without, { a: [], b: [] });
  expect(html).toContain('A and B side by side');
  expect(html).toContain('No setting differs.');
  expect(html).not.toContain('<path');
});
