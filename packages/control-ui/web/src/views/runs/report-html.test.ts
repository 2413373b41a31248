import type { RunRecord } from '@trafficinator/contract/rest';
import { expect, it } from 'vitest';
import { reportHtml } from './report-html.ts';

const script = '<script>alert(1)</script>';
const run = {
  id: 'run-0123456789ab',
  kind: 'live',
  name: `a ${script}`,
  instances: ['loader-1'],
  started_by: script,
  started_at: '2026-05-01T12:00:00.000Z',
  ended_at: '2026-05-01T12:05:00.000Z',
  end: 'stopped',
  reason: script,
  settings: { matomo_url: script, matomo_token_auth: '***' },
  preset: null,
  result: {
    visits: { planned: 3, delivered: 2, partial: 1, dropped: 0 },
    hits: { planned: 9, accepted: 8, rejected: 1, failed: 0, unknown: 0, dropped: 0 },
    reasons: [{ outcome: 'rejected', reason: 'not_valid', count: 1, example: script }],
    response_ms: { p50: 1, p95: 20, p99: 30, max: 40 },
  },
} as unknown as RunRecord;

it('is one file without script and without addresses that something would be loaded from', () => {
  const html = reportHtml(run, []);
  expect(html).not.toMatch(/<script|<link|<img|src=|url\(/i);
  expect(html).toContain('&#60;script&#62;');
  expect(html).toContain('Run 0123456789ab: stopped');
  expect(html).toContain('<p class="sum">Planned 9 hits of 3 visits.</p>');
});

it('draws no double rule below a sum that is off', () => {
  const off = structuredClone(run);
  (off.result as { hits: { accepted: number } }).hits.accepted = 7;
  expect(reportHtml(off, [])).toContain('The outcomes are off by 1.');
  expect(reportHtml(off, [])).not.toContain('class="sum"');
});

it('says so when there are no numbers', () => {
  expect(reportHtml({ ...run, result: null }, [])).toContain('The loader told no numbers.');
});
