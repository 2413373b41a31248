import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { Halt } from './halt.ts';
import { Patience } from './patience.ts';

function ground(longest_ms = 60_000) {
  const clock = new VirtualClock();
  const waits: number[] = [];
  const patience = new Patience({
    clock,
    longest_ms,
    random: () => 0.5,
    wait: async (delay_ms) => {
      waits.push(delay_ms);
      await clock.advance(delay_ms);
    },
  });
  return { clock, patience, waits };
}

describe('patience', () => {
  it('waits longer from failure to failure, up to ten seconds, and begins anew after a success', async () => {
    const { patience, waits } = ground();
    for (let n = 0; n < 9; n++) await patience.afterFailure('http_503');
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
    patience.succeeded();
    await patience.afterFailure('http_503');
    expect(waits.at(-1)).toBe(100);
  });

  it('waits at least as long as it is told to', async () => {
    const { patience, waits } = ground();
    await patience.afterFailure('http_429', 20_000);
    expect(waits).toEqual([20_100]);
  });

  it('ends when nothing has succeeded for too long since the first failure', async () => {
    const { clock, patience } = ground(60_000);
    await clock.advance(3_600_000);
    await patience.afterFailure('ECONNREFUSED');
    await clock.advance(59_000);
    await patience.afterFailure('ECONNREFUSED');
    await clock.advance(2_000);
    const halt = await patience.afterFailure('timeout').catch((error: unknown) => error);
    expect(halt).toBeInstanceOf(Halt);
    expect((halt as Halt).problem).toMatchObject({
      code: 'target_unreachable',
      message: 'Nothing has succeeded for 61 s (timeout).',
    });
  });

  it('waits a moment, without counting it, after the failure of one while others succeed', async () => {
    const { patience, waits } = ground();
    for (let n = 0; n < 3; n++) await patience.afterOwnFailure();
    await patience.afterFailure('http_503');
    expect(waits).toEqual([400, 400, 400, 100]);
  });

  it('tells what the trouble is', async () => {
    const { clock, patience } = ground();
    expect(patience.trouble).toBeNull();
    await patience.afterFailure('http_502');
    await clock.advance(900);
    expect(patience.trouble).toEqual({ reason: 'http_502', lasted_ms: 1_000 });
    patience.succeeded();
    expect(patience.trouble).toBeNull();
    expect(patience.successes).toBe(1);
  });
});
