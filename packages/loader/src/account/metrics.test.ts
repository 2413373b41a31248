import { defaultSettings, outcomes } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { Books } from './books.ts';
import { Latency } from './latency.ts';
import { renderMetrics } from './metrics.ts';
import { statusOf } from './status.ts';

interface Family {
  type: string;
  help: string;
  samples: Map<string, number>;
}

const sampleLine =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\}))?)*\})? (\S+)$/;

/** A strict reader of the text format: anything unexpected throws. */
function parse(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let current: Family | undefined;
  let name = '';
  if (!text.endsWith('\n')) throw new Error('no newline at the end');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const help = /^# HELP (\S+) (.+)$/.exec(line);
    if (help !== null) {
      name = help[1]!;
      if (families.has(name)) throw new Error(`${name} stands twice`);
      current = { type: '', help: help[2]!, samples: new Map() };
      families.set(name, current);
      continue;
    }
    const type = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line);
    if (type !== null) {
      if (type[1] !== name || current!.type !== '') throw new Error(`TYPE out of place: ${line}`);
      current!.type = type[2]!;
      continue;
    }
    const sample = sampleLine.exec(line);
    if (sample === null || current === undefined) throw new Error(`unreadable: ${line}`);
    const suffix = sample[1]!.slice(name.length);
    const suffixes = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] };
    const allowed = (suffixes as Record<string, string[]>)[current.type] ?? [''];
    if (!sample[1]!.startsWith(name) || !allowed.includes(suffix))
      throw new Error(`stray: ${line}`);
    const key = `${suffix}${sample[2] ?? ''}`;
    if (current.samples.has(key)) throw new Error(`${line} stands twice`);
    // Prometheus reads NaN in any case; the library writes it so before the first measurement.
    const value = sample[3] === 'Nan' ? Number.NaN : Number(sample[3]);
    if (Number.isNaN(value) && sample[3] !== 'Nan') throw new Error(`no number: ${line}`);
    current.samples.set(key, value);
  }
  return families;
}

/** A run in the middle: one visit delivered, one partial, one dropped, one in flight. */
function someBooks(): Books {
  const books = new Books();
  const { tally } = books;
  for (const hits of [3, 2, 4, 5]) tally.visitPlanned(hits);
  for (let n = 0; n < 4; n++) tally.hitAccepted();
  tally.hitNotAccepted('rejected', 'http_400', 'pageview of visit 1');
  tally.visitEnded(true);
  tally.visitEnded(false);
  tally.visitDropped(4, 'a "quoted" \\ reason\n', 'visit 2');
  for (const ms of [4, 5, 5.001, 60_000, 90_000]) books.measured(ms, ms / 2);
  books.late(0.2);
  return books;
}

const view = (books: Books) => ({
  books,
  breaker: { state: 'half_open' as const },
  inFlight: 1,
  waiting: 2,
  resumes_ms: null,
  volume: { visits_per_day: 86_400, max_visits_per_day: 100, max_visits: 0 },
  achievedPerDay: 43_200,
  numbers: [],
  today: () => ({ date: '2026-05-01', visits: 17 }),
});

async function scrape(books: Books) {
  const status = statusOf(view(books), {
    run_id: 'live-1',
    version: '1.2.3',
    settings: defaultSettings,
    changed: [],
    state: 'running',
    state_since_ms: 0,
    reason: null,
    uptime_ms: 1,
    hits_per_second: 0,
  });
  const text = await renderMetrics({ books }, status);
  expect(text.content_type).toBe('text/plain; version=0.0.4; charset=utf-8');
  return { families: parse(text.body), body: text.body, status };
}

describe('the metrics', () => {
  it('show what the books hold', async () => {
    const books = someBooks();
    const { families } = await scrape(books);
    const value = (name: string, key = '') => families.get(name)?.samples.get(key);
    expect(value('trafficinator_visits_planned_total')).toBe(4);
    for (const result of ['delivered', 'partial', 'dropped'] as const) {
      expect(value('trafficinator_visits_total', `{result="${result}"}`)).toBe(
        books.tally.visits[result],
      );
    }
    expect(value('trafficinator_hits_planned_total')).toBe(14);
    for (const outcome of outcomes) {
      expect(value('trafficinator_hits_total', `{outcome="${outcome}"}`)).toBe(
        books.tally.hits[outcome],
      );
    }
    expect(value('trafficinator_hits_pending')).toBe(5);
    expect(families.get('trafficinator_hits_not_accepted_total')?.samples).toEqual(
      new Map([
        ['{outcome="dropped",reason="a \\"quoted\\" \\\\ reason\\n"}', 4],
        ['{outcome="rejected",reason="http_400"}', 1],
      ]),
    );
    expect(value('trafficinator_visits_in_flight')).toBe(1);
    expect(value('trafficinator_visits_waiting')).toBe(2);
    expect(value('trafficinator_arrival_rate_planned_per_second')).toBe(1);
    expect(value('trafficinator_arrival_rate_achieved_per_second')).toBe(0.5);
    expect(value('trafficinator_day_visits')).toBe(17);
    expect(value('trafficinator_day_cap')).toBe(100);
    expect(value('trafficinator_build_info', '{version="1.2.3"}')).toBe(1);
  });

  it('name exactly one state of the run and of the breaker', async () => {
    const { families } = await scrape(someBooks());
    const holds = (name: string) =>
      [...families.get(name)!.samples].filter(([, value]) => value === 1).map(([key]) => key);
    expect(holds('trafficinator_state')).toEqual(['{state="running"}']);
    expect(holds('trafficinator_breaker_state')).toEqual(['{state="half_open"}']);
    expect(families.get('trafficinator_state')!.samples.size).toBe(6);
  });

  it('expose durations as cumulative histograms', async () => {
    const books = someBooks();
    const { families } = await scrape(books);
    const all = { latency: books.latency, response: books.response, lateness: books.lateness };
    for (const [name, durations] of Object.entries(all)) {
      const { type, samples } = families.get(`trafficinator_hit_${name}_seconds`)!;
      expect(type).toBe('histogram');
      const buckets = [...samples].filter(([key]) => key.startsWith('_bucket'));
      expect(buckets.map(([key]) => key)).toEqual(
        [...Latency.bounds_seconds, '+Inf'].map((bound) => `_bucket{le="${bound}"}`),
      );
      const counts = buckets.map(([, count]) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.at(-1)).toBe(durations.count);
      expect(samples.get('_count')).toBe(durations.count);
      expect(samples.get('_sum')).toBeCloseTo(durations.sum_seconds, 9);
    }
    const latency = families.get('trafficinator_hit_latency_seconds')!.samples;
    expect(latency.get('_bucket{le="0.005"}')).toBe(2);
    expect(latency.get('_bucket{le="0.01"}')).toBe(3);
    expect(latency.get('_bucket{le="60"}')).toBe(4);
    expect(latency.get('_bucket{le="+Inf"}')).toBe(5);
  });

  it('keep the naming rules: counters end in _total, and nothing else does', async () => {
    const { families } = await scrape(someBooks());
    for (const [name, { type, help }] of families) {
      expect(help).not.toBe('');
      if (name.startsWith('trafficinator_')) {
        expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
        expect(name).not.toMatch(/_(ms|milliseconds|minutes|percent)(_|$)/);
      }
    }
    expect(families.get('trafficinator_hits_total')?.type).toBe('counter');
    expect(families.get('trafficinator_day_visits')?.type).toBe('gauge');
  });

  it('include the process itself', async () => {
    const { families } = await scrape(new Books());
    expect(families.get('process_resident_memory_bytes')?.type).toBe('gauge');
    expect(families.get('nodejs_version_info')).toBeDefined();
  });

  it('count nothing twice when scraped twice at once', async () => {
    const books = someBooks();
    const [one, other] = await Promise.all([scrape(books), scrape(books)]);
    const mine = (text: string) => text.split('\n').filter((line) => line.startsWith('traffic'));
    expect(mine(one.body)).toEqual(mine(other.body));
    expect(mine(one.body).length).toBeGreaterThan(50);
  });
});
