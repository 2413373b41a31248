import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../pace/virtual-clock.ts';
import type { Trace } from '../send/commit-probe.ts';
import { ReportingError } from '../send/reporting.ts';
import { Halt } from './halt.ts';
import { Patience } from './patience.ts';
import { Resolver, type ResolverParts } from './resolver.ts';

const settle_ms = 10_000;
const traces: Trace[] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'].map((visitor_id) => ({
  visitor_id,
  day: '2026-03-01',
  at_seconds: 1_000,
  earlier_seconds: [],
}));

/** A visitor log in which each visitor appears at a moment; a look takes a while and shows what was there at its start. */
function ground(appears_ms: readonly number[], changes: Partial<ResolverParts> = {}, look_ms = 0) {
  const clock = new VirtualClock();
  const looks: number[] = [];
  const wait = (delay_ms: number) => new Promise<void>((resolve) => clock.after(delay_ms, resolve));
  const patience = new Patience({ clock, longest_ms: 30_000, random: () => 0.5, wait });
  const resolver = new Resolver({
    clock,
    reporting: {
      ask: async ({ segment }) => {
        const asked_ms = clock.elapsed();
        looks.push(asked_ms);
        const at = traces.findIndex(({ visitor_id }) => segment === `visitorId==${visitor_id}`);
        if (look_ms > 0) await wait(look_ms);
        if (asked_ms < (appears_ms[at] ?? 0)) return [];
        const times = { firstActionTimestamp: 900, lastActionTimestamp: 1_100 };
        return [{ visitorId: traces[at]?.visitor_id, ...times, actions: 3 }];
      },
    },
    site_id: 1,
    on_unknown: 'probe',
    settle_ms,
    longestRequest_ms: 41_000,
    patience,
    wait,
    ...changes,
  });
  const resolve = async (of: readonly Trace[], lost_ms: number) => {
    let found: unknown = null;
    resolver.resolve(of, lost_ms).then(
      (resolution) => {
        found = resolution;
      },
      (error: unknown) => {
        found = error;
      },
    );
    while (found === null) await clock.advance(100);
    return found;
  };
  return { clock, looks, resolver, resolve, patience };
}
const never = Number.POSITIVE_INFINITY;

describe('what became of a request', () => {
  it.each([
    [[0, 0], 'recorded', 0],
    [[5_000, 5_000], 'recorded', 8_000],
    [[9_990, 9_990], 'recorded', 10_000],
    [[never, never], 'absent', 10_000],
    [[0, never], 'partly', 10_000],
    [[3_000, 9_500], 'recorded', 10_000],
  ] as const)('that appears at %j is %s', async (appears_ms, resolution, latest_ms) => {
    const { resolve, clock } = ground(appears_ms);
    expect(await resolve(traces, 0)).toBe(resolution);
    expect(clock.elapsed()).toBeLessThanOrEqual(latest_ms + 200);
  });

  it('is absent only if it was looked for after the settle time: a look under way then proves nothing', async () => {
    // The look that begins at 10,000 - 1 ends after the settle time, and does not show what came in between.
    const { resolve, looks } = ground([9_999, 9_999], {}, 900);
    expect(await resolve(traces, 0)).toBe('recorded');
    expect(looks.filter((at_ms) => at_ms >= settle_ms).length).toBeGreaterThan(0);
  });

  it('is counted from the loss of the connection, not from now', async () => {
    const { resolve, clock, looks } = ground([never, never]);
    await clock.advance(60_000);
    expect(await resolve(traces, 50_000)).toBe('absent');
    expect(looks).toHaveLength(2);
    expect(await resolve(traces, clock.elapsed())).toBe('absent');
    expect(clock.elapsed()).toBeGreaterThanOrEqual(70_000);
  });

  it('that leaves no trace is absent after the settle time: nobody could tell', async () => {
    const { resolve, clock, looks } = ground([]);
    expect(await resolve([], 0)).toBe('absent');
    expect(clock.elapsed()).toBeGreaterThanOrEqual(settle_ms);
    expect(looks).toEqual([]);
  });

  it.each(['resend', 'skip'] as const)('is not asked for with %s', async (on_unknown) => {
    const { resolve, looks, clock } = ground([0, 0], { on_unknown });
    expect(await resolve(traces, 0)).toBe(on_unknown === 'skip' ? 'left' : 'resend');
    expect([looks, clock.elapsed() < 500]).toEqual([[], true]);
  });

  it('is asked for again while the visitor log does not answer, and patience has an end', async () => {
    let fails = 3;
    const reporting = {
      ask: async () => {
        if (fails-- > 0) throw new ReportingError('status 502 without JSON', false);
        return [];
      },
    };
    const { resolve, patience } = ground([], { reporting });
    expect(await resolve(traces, -settle_ms)).toBe('absent');
    expect(patience.trouble?.reason).toBe(
      'the visitor log gives no answer: status 502 without JSON',
    );
    fails = never;
    expect(await resolve(traces, -settle_ms)).toBeInstanceOf(Halt);
  });
});

describe('the loss of a connection that an earlier process had', () => {
  it('was its death at the latest, or the end of its request', () => {
    const { resolver, clock } = ground([]);
    const now_ms = clock.now();
    const before = (sent_ago_ms: number) => resolver.lostByEarlier(now_ms - sent_ago_ms);
    // Sent a moment ago, it may have left just before the process died.
    expect(before(0)).toBe(0);
    expect(before(41_000)).toBe(0);
    expect(before(45_000)).toBe(-4_000);
    // Matomo has settled long ago.
    expect(before(86_400_000)).toBe(-settle_ms);
  });

  it('is now if the clock was set back meanwhile', () => {
    const { resolver, clock } = ground([]);
    expect(resolver.lostByEarlier(clock.now() + 3_600_000)).toBe(0);
  });
});
