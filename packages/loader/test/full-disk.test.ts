import { afterAll, expect, it } from 'vitest';
import { quick, summaryOf, Yard } from './loader-process.ts';
import { startTracker, yes } from './tracker-stub.ts';

const yard = new Yard();
afterAll(() => yard.close());

it('a state that cannot be written ends the run; no visit goes uncounted, and the next goes on', async () => {
  const tracker = yard.keep(await startTracker(() => yes));
  const settings = { ...quick, MATOMO_URL: tracker.url, MAX_VISITS: 60 };
  const full = await yard.start(settings, ['run', '--json'], 240).ended;
  const summary = summaryOf(full);
  expect(full.code).toBe(2);
  expect(summary.exit_code).toBe(2);
  expect(summary.exit_reason).toContain('STATE_DIR');
  expect(full.err).not.toMatch(/\n\s+at /);
  const { delivered, partial } = summary.visits;
  const begun = tracker.visitors().length;
  expect(begun).toBeGreaterThan(0);
  expect(begun).toBeLessThan(60);
  expect(begun).toBeLessThanOrEqual(delivered + partial);

  const rest = await yard.run(settings);
  expect(rest.code).toBe(0);
  expect(summaryOf(rest)).toMatchObject({ run_id: summary.run_id, visits: { dropped: 0 } });
  expect(tracker.visitors().length).toBeLessThanOrEqual(60);
  expect(delivered + partial + summaryOf(rest).visits.delivered).toBe(60);
});

it('so does one that is full before the run: a sentence, and nothing is sent', async () => {
  const tracker = yard.keep(await startTracker(() => yes));
  const settings = { ...quick, MATOMO_URL: tracker.url, STATE_DIR: yard.path('full') };
  const { code, err } = await yard.start(settings, ['run', '--json'], 8).ended;
  expect(code).toBe(2);
  expect(err).toContain('STATE_DIR');
  expect(err).not.toMatch(/\n\s+at /);
  expect(tracker.hits).toEqual([]);
});
