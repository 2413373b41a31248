import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { everything, materialWithPlugins } from '../testing/journey-material.ts';

const slow_calls = { counts: () => new Map([['half', { slow: 1, slowest_ms: 70 }]]) };
const material = materialWithPlugins([
  { name: 'all', journeys: [{ name: 'all', visit: everything }] },
  {
    name: 'half',
    journeys: [
      {
        name: 'half',
        visit: (v) => {
          v.view('/half');
          if (v.random.chance(0.5)) throw new Error('not today');
        },
      },
    ],
  },
]);
const rehearse = (changes: object = {}) =>
  new BackfillRehearsal(
    40,
    { bulk_size: 40, probe_settle_seconds: 1, journey_share: 0.8, ...changes },
    { material: { ...material, behaviour: { ...material.behaviour!, slow_calls } } },
  );

/** What the plan itself says, visit by visit. */
function plannedBy({ maker, schedule }: BackfillRehearsal) {
  const all = { lane: 0, first_index: 0, end_index: schedule.visits, opener: false };
  const visits = maker
    .hitsOf(all)
    .filter(({ position }) => position === 0)
    .map(({ visit }) => visit);
  const names = [...new Set(visits.flatMap(({ journey }) => journey ?? []))].sort();
  return {
    journeys: names.map((name) => {
      const planned = visits.filter(({ journey }) => journey === name).length;
      return { name, starts: planned, planned };
    }),
    errors: visits.filter(({ faults }) => faults !== undefined).length,
  };
}

describe('the journeys of a backfill', () => {
  it.each(['bulk', 'single'])('are counted as planned, sent %s', async (delivery) => {
    const rehearsal = rehearse({ delivery });
    const process = rehearsal.process();
    await process.toEnd();
    const { journeys, plugins } = process.run.books.ways;
    const truth = plannedBy(rehearsal);
    expect(truth.journeys.length).toBeGreaterThan(3);
    expect(truth.errors).toBeGreaterThan(0);
    expect(journeys).toEqual(truth.journeys);
    expect(plugins).toMatchObject([{ name: 'half', errors: truth.errors }]);
    expect(plugins[0]?.first_error).toBe('journey “half”: Error: not today');
  });

  it('are neither lost nor doubled by kills', async () => {
    const rehearsal = rehearse({ delivery: 'single' });
    for (let kill = 0; kill < 8; kill++) {
      const process = rehearsal.process();
      await rehearsal.clock.advance(100 + 90 * kill);
      expect(process.ended).toBeNull();
      process.kill();
    }
    const process = rehearsal.process();
    await process.toEnd();
    const { journeys, plugins } = process.run.books.ways;
    const truth = plannedBy(rehearsal);
    expect(journeys).toEqual(truth.journeys);
    expect(plugins[0]?.errors).toBe(truth.errors);
  });
});
