import { describe, expect, it } from 'vitest';
import { hastyClock } from '../../test/filled-site.ts';
import { type ComparedDay, compareDay } from './compare.ts';
import { metricOf } from './metric.ts';
import { settle } from './settle.ts';

const metrics = [metricOf('visits', 'VisitsSummary.get')];
const planned = 10;
const day = (date: string, visits: number): ComparedDay =>
  compareDay(date, { visits: planned }, { visits }, {}, metrics);

/** Three days; each read of the middle one finds the next of these numbers, in the end the last. */
async function settled(numbers: readonly number[], wait_ms: number, edges = planned) {
  const clock = hastyClock();
  const asked: string[] = [];
  let at = 0;
  const next = () => day('2026-01-02', numbers[Math.min(at++, numbers.length - 1)] as number);
  const first = [day('2026-01-01', edges), next(), day('2026-01-03', edges)];
  const read = async (from: string, to: string) => {
    asked.push(`${from}…${to}`);
    return [next()];
  };
  const result = await settle(first, read, clock, wait_ms);
  return { result, asked, waits_ms: clock.waits_ms, visits: result.days[1]?.recorded.visits };
}

describe('numbers', () => {
  it('that are as planned are read once', async () => {
    const { result, asked } = await settled([10], 60_000);
    expect(asked).toEqual([]);
    expect(result).toMatchObject({ reads: 1, moving: false });
  });

  it('that come in are waited for, and only their days are read again', async () => {
    const { result, asked, waits_ms, visits } = await settled([2, 5, 8, 10], 60_000);
    expect(visits).toBe(10);
    expect(asked).toEqual(Array(3).fill('2026-01-02…2026-01-02'));
    expect(waits_ms).toEqual([2_000, 4_000, 8_000]);
    expect(result).toMatchObject({ reads: 4, moving: false });
  });

  it('that stand still are final', async () => {
    const { result, visits } = await settled([0, 0], 60_000);
    expect(visits).toBe(0);
    expect(result).toMatchObject({ reads: 2, moving: false });
  });

  it('that still move when the time is over are told as moving', async () => {
    const { result, waits_ms } = await settled([1, 2, 3, 4, 5, 6, 7, 8, 9], 20_000);
    expect(waits_ms).toEqual([2_000, 4_000, 8_000, 6_000]);
    expect(result).toMatchObject({ reads: 5, moving: true });
  });

  it('are read once when nobody wants to wait', async () => {
    const { result, asked } = await settled([1, 2], 0);
    expect(asked).toEqual([]);
    expect(result).toMatchObject({ reads: 1, moving: false });
  });

  it('above the plan are not waited for', async () => {
    const { asked } = await settled([12, 13], 60_000);
    expect(asked).toEqual([]);
  });
});
