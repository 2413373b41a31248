import { afterEach, beforeEach, expect, it } from 'vitest';
import { BackfillGround } from './backfill-ground.ts';
import { reportOf } from './backfill-yard.ts';
import { runHere } from './here.ts';
import { dumpOf } from './recorded-dump.ts';

let ground: BackfillGround;
beforeEach(async () => {
  ground = await BackfillGround.open();
});
afterEach(() => ground.close());

it('records every planned visit as one visit, on its day', async () => {
  const { code, report } = await ground.report();
  expect([code, report.state, report.visits.remaining]).toEqual([0, 'finished', 0]);
  const day = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'short',
  });
  const recorded = Map.groupBy(ground.fake.store.visits(1), ({ first_action_ms }) =>
    day.format(first_action_ms),
  );
  for (const { date, visits } of report.days)
    expect([date, recorded.get(date)?.length]).toEqual([date, visits]);
  expect(ground.fake.stats()).toMatchObject({
    excluded: {},
    refused: {},
    hits_recorded: report.hits.done,
  });
  expect(report.next_steps.join()).toContain('--force-date-range=2025-10-23,2025-10-29');
});

it('fills today up to the moment it began: nothing is in Matomo’s future', async () => {
  const { report } = await ground.report({
    BACKFILL_START_DATE: '',
    BACKFILL_END_DATE: '',
    BACKFILL_DAYS_BACK: 1,
    BACKFILL_DURATION_DAYS: 2,
    BACKFILL_MAX_VISITS_PER_DAY: 300,
  });
  const visits = ground.fake.store.visits(1);
  expect(visits).toHaveLength(report.visits.planned);
  // What Matomo takes for the future it records as now, so it would lie after the beginning.
  const latest_ms = Math.max(...visits.map(({ last_action_ms }) => last_action_ms));
  expect(latest_ms).toBeLessThan(Date.parse(report.started_at));
});

it('is filled once, however often the same command runs; --restart with another seed adds to it', async () => {
  const { report } = await ground.report();
  const dump = dumpOf(ground.fake);
  const sent = ground.tracked.length;
  const again = await ground.report();
  expect([again.code, again.report.run_id]).toEqual([0, report.run_id]);
  expect(again.report.exit_reason).toMatch(/^Nothing to do: the window was filled at /);
  expect(ground.tracked).toHaveLength(sent);
  await ground.report({ BACKFILL_SEED: 4 }, ['--restart']);
  expect(dumpOf(ground.fake).length).toBeGreaterThan(dump.length * 1.8);
  expect(dumpOf(ground.fake)).toEqual(expect.arrayContaining(dump));
});

it('is what `run` does with BACKFILL_ENABLED', async () => {
  const { report } = await ground.report();
  const dump = dumpOf(ground.fake);
  ground.fake.reset();
  const set = {
    ...ground.settings,
    STATE_DIR: `${ground.directory}/other`,
    BACKFILL_ENABLED: true,
  };
  const ran = await runHere(['run', '--json'], set);
  expect(ran.code).toBe(0);
  expect(reportOf(ran).hits).toEqual(report.hits);
  expect(dumpOf(ground.fake)).toEqual(dump);
});
