import type { StatusSnapshot } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { fitted, Progress, progressLine } from './progress.ts';

const status = {
  state: 'running',
  resumes_at: null,
  visits: { planned: 1_300, delivered: 1_180, partial: 12, dropped: 90, in_flight: 12, waiting: 6 },
  hits: {
    planned: 7_480,
    accepted: 7_400,
    rejected: 0,
    failed: 2,
    unknown: 0,
    dropped: 70,
    pending: 8,
  },
  rate: { planned_per_day: 20_000, achieved_per_day: 19_990, hits_per_second: 86.04 },
  response_ms: { p50: 10, p95: 41.4, p99: 90, max: 100 },
  today: { date: '2026-06-10', visits: 1_204, cap: 0, target: 20_000 },
} as unknown as StatusSnapshot;

/** A terminal so many columns wide that keeps what is written to it. */
function terminal(columns: number) {
  const written: string[] = [];
  const stream = { columns, write: (text: string) => written.push(text) };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

describe('progress', () => {
  it('is one line in numbers: only outcomes that there are', () => {
    expect(progressLine(status)).toBe(
      'running  1,204 visits (12 in flight)  7,480 hits: 7,400 accepted, 2 failed, 70 dropped  86.0 hits/s  p95 41 ms',
    );
    const paused = {
      ...status,
      state: 'paused' as const,
      resumes_at: '2026-06-11T00:00:00.000Z',
      response_ms: null,
    };
    expect(progressLine(paused)).toMatch(/^paused until 2026-06-11T00:00:00.000Z {2}/);
    expect(progressLine(paused)).toMatch(/hits\/s$/);
  });

  it('on a terminal replaces its line, never wider than that, and goes away at the end', () => {
    const { written, stream } = terminal(40);
    const progress = new Progress(stream, () => expect.fail('logged'), true);
    progress.beat(status);
    progress.beat(status);
    progress.end();
    progress.end();
    expect(written).toHaveLength(3);
    const visible = written.map((text) => text.replace('\r\x1b[2K', ''));
    expect(visible).toEqual([visible[0], visible[0], '']);
    expect(progressLine(status).startsWith(`${visible[0]}  `)).toBe(true);
    expect(visible[0]?.length).toBeLessThan(40);
  });

  it('elsewhere is a log line a minute', () => {
    const { written, stream } = terminal(80);
    const lines: object[] = [];
    const progress = new Progress(stream, (line) => lines.push(line), false);
    for (let second = 0; second < 125; second++) progress.beat(status);
    progress.end();
    expect(written).toEqual([]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ state: 'running', hits_per_second: 86.04 });
  });
});

it('a line that is too long loses whole parts, never half a unit', () => {
  const line = 'running  12 visits  p95 41 ms';
  expect(fitted(line, 80)).toBe(line);
  expect(fitted(line, line.length + 1)).toBe(line);
  expect(fitted(line, line.length)).toBe('running  12 visits');
  expect(fitted(line, 5)).toBe('runn');
  expect(fitted(line, 0)).toBe(line);
  expect(fitted(line, undefined)).toBe(line);
});
