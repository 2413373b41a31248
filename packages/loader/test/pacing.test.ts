import { afterAll, describe, expect, it } from 'vitest';
import { quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

const run = async (pacing: 'compressed' | 'realtime', more: Record<string, number>) => {
  const tracker = yard.keep(await startTracker(() => yes));
  const ended = await yard.run({
    ...quick,
    ...more,
    MATOMO_URL: tracker.url,
    VISIT_PACING: pacing,
    MAX_VISITS: 40,
    STATE_DIR: yard.path(pacing),
  });
  expect(ended.code).toBe(0);
  expect(summaryOf(ended).visits.delivered).toBe(40);
  return tracker.hits;
};

describe.concurrent('pacing', () => {
  it('compressed: hits carry times that never lie ahead and never run backwards', async () => {
    const hits = await run('compressed', {});
    const latest = new Map<string, number>();
    const visits = new Map<string, number[]>();
    for (const { parameters, at_ms } of hits) {
      const visitor = parameters.get('cid') ?? '';
      const cdt = parameters.get('cdt') ?? '';
      expect(cdt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      const time = Date.parse(`${cdt.replace(' ', 'T')}Z`);
      expect(time).toBeLessThanOrEqual(at_ms);
      expect(time).toBeGreaterThanOrEqual(latest.get(visitor) ?? 0);
      latest.set(visitor, time);
      visits.set(visitor, [...(visits.get(visitor) ?? []), time]);
    }
    // A stay of a minute at least, told within moments.
    for (const times of visits.values()) {
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(59_000);
    }
  });

  it('realtime: hits carry no time, Matomo takes its own', async () => {
    const hits = await run('realtime', { VISIT_DURATION_MIN: 0, VISIT_DURATION_MAX: 0.01 });
    expect(hits.length).toBeGreaterThanOrEqual(120);
    for (const { parameters } of hits) expect(parameters.has('cdt')).toBe(false);
  });
});
