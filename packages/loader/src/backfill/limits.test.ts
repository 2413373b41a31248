import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { type Arrived, good } from '../testing/memory-matomo.ts';

/** Most of what was counted within any stretch of so many ms. */
function mostWithin(
  stretch_ms: number,
  arrived: readonly Arrived[],
  count: (one: Arrived) => number,
) {
  return Math.max(
    ...arrived.map(({ at_ms }) =>
      arrived
        .filter((other) => other.at_ms >= at_ms && other.at_ms < at_ms + stretch_ms)
        .reduce((sum, other) => sum + count(other), 0),
    ),
  );
}
const requests = () => 1;
const hits = ({ queries }: Arrived) => queries.length;

async function arrivedWith(changes: ConstructorParameters<typeof BackfillRehearsal>[1]) {
  const rehearsal = new BackfillRehearsal(90, { bulk_size: 40, ...changes }, { lanes: 3 });
  await rehearsal.process().toEnd();
  expect(rehearsal.matomo.recorded.toSorted()).toEqual(rehearsal.planned);
  return rehearsal.matomo;
}

describe('limits', () => {
  it('without any, requests go as fast as they are answered, one a lane', async () => {
    const { arrived, mostAtOnce } = await arrivedWith({});
    expect(mostAtOnce).toBe(3);
    expect(mostWithin(1_000, arrived, requests)).toBe(arrived.length);
  });

  it('of requests count requests, however many hits they have', async () => {
    const { arrived } = await arrivedWith({ backfill_rps_limit: 2 });
    expect(mostWithin(10_000, arrived, requests)).toBeLessThanOrEqual(20);
    expect(mostWithin(10_000, arrived, requests)).toBeGreaterThan(17);
    expect(mostWithin(10_000, arrived, hits)).toBeGreaterThan(200);
  });

  it('of hits count hits, however they are packed', async () => {
    const { arrived } = await arrivedWith({ backfill_hits_per_second: 10 });
    const largest = Math.max(...arrived.map(hits));
    expect(largest).toBeGreaterThan(30);
    // A request goes as a whole, so the last one of a stretch may reach beyond its share.
    expect(mostWithin(30_000, arrived, hits)).toBeLessThanOrEqual(300 + largest);
    expect(mostWithin(30_000, arrived, hits)).toBeGreaterThan(250);
  });

  it('of requests mean single hits where those are the requests', async () => {
    const { arrived } = await arrivedWith({ delivery: 'single', backfill_rps_limit: 5 });
    expect(arrived.every(({ bulk }) => !bulk)).toBe(true);
    expect(mostWithin(10_000, arrived, requests)).toBeLessThanOrEqual(50);
  });

  it('of both hold both', async () => {
    const { arrived } = await arrivedWith({ backfill_rps_limit: 1, backfill_hits_per_second: 15 });
    const largest = Math.max(...arrived.map(hits));
    expect(mostWithin(20_000, arrived, requests)).toBeLessThanOrEqual(20);
    expect(mostWithin(20_000, arrived, hits)).toBeLessThanOrEqual(300 + largest);
  });

  it('do not make requests small: waiting for leave is no slow answer', async () => {
    const rehearsal = new BackfillRehearsal(60, { bulk_size: 60, backfill_rps_limit: 0.2 });
    rehearsal.matomo.handle = () => good(50);
    const process = rehearsal.process();
    await process.toEnd();
    expect(process.run.size.hits).toBeGreaterThan(60);
  });
});
