import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Breaker } from './breaker.ts';

/** A breaker after so many failures in a row, at moment 0. */
function failing(failures: number): Breaker {
  const breaker = new Breaker();
  for (let n = 0; n < failures; n++) breaker.record(false, 0);
  return breaker;
}

describe('the breaker', () => {
  it('opens after twenty failures in a row, and says so once', () => {
    const breaker = failing(19);
    expect([breaker.state, breaker.allow(0)]).toEqual(['closed', true]);
    expect(breaker.record(false, 0)).toBe(true);
    expect(breaker.state).toBe('open');
    expect(breaker.record(false, 0)).toBe(false);
    expect([breaker.wouldAllow(999), breaker.allow(999)]).toEqual([false, false]);
  });

  it('bears failures that are not in a row', () => {
    const breaker = new Breaker();
    for (let n = 0; n < 200; n++) expect(breaker.record(n % 20 === 19, n)).toBe(false);
    expect(breaker.state).toBe('closed');
  });

  it('lets one probe through at the end of a break', () => {
    const breaker = failing(20);
    expect(breaker.wouldAllow(1_000)).toBe(true);
    expect(breaker.state).toBe('open');
    expect(breaker.allow(1_000)).toBe(true);
    expect(breaker.state).toBe('half_open');
    expect([breaker.wouldAllow(1e9), breaker.allow(1e9)]).toEqual([false, false]);
  });

  it('closes as soon as there is an answer, and starts over', () => {
    const breaker = failing(20);
    breaker.allow(1_000);
    expect(breaker.record(true, 1_500)).toBe(false);
    expect([breaker.state, breaker.allow(1_500)]).toEqual(['closed', true]);
    for (let n = 0; n < 19; n++) breaker.record(false, 2_000);
    expect(breaker.state).toBe('closed');
    expect(breaker.record(false, 2_000)).toBe(true);
    expect([breaker.allow(2_999), breaker.allow(3_000)]).toEqual([false, true]);
  });

  it('doubles the break with every probe that fails, up to half a minute', () => {
    const breaker = failing(20);
    const breaks: number[] = [];
    let now = 0;
    for (let n = 0; n < 8; n++) {
      const began = now;
      while (!breaker.allow(now)) now += 500;
      breaks.push(now - began);
      expect(breaker.record(false, now)).toBe(false);
    }
    expect(breaks).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('closes on the answer to a hit that had left before it opened', () => {
    const breaker = failing(20);
    expect(breaker.record(true, 10, -500)).toBe(false);
    expect(breaker.state).toBe('closed');
  });

  it('does not take the failure of an earlier hit for the probe’s', () => {
    const breaker = failing(20);
    breaker.allow(1_000);
    expect(breaker.record(false, 1_200, -500)).toBe(false);
    expect([breaker.state, breaker.allow(60_000)]).toEqual(['half_open', false]);
    breaker.record(false, 1_300, 1_000);
    expect([breaker.state, breaker.allow(3_299), breaker.allow(3_300)]).toEqual([
      'open',
      false,
      true,
    ]);
  });

  it('never has two probes out, whatever ends when', () => {
    const step = fc.record({
      pause_ms: fc.constantFrom(0, 1, 300, 2_000, 40_000),
      send: fc.boolean(),
      /** Which of the hits in flight ends, and how; most fail. */
      ends: fc.option(fc.nat(100)),
      answered: fc.constantFrom(false, false, false, false, true),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const breaker = new Breaker();
        const inFlight = Array.from({ length: 30 }, () => ({ sent_ms: 0, probe: 0 }));
        let now = 1;
        let break_ms = 1_000;
        let opened_ms = 0;
        let probes = 0;
        for (const { pause_ms, send, ends, answered } of steps) {
          now += pause_ms;
          const before = breaker.state;
          const would = breaker.wouldAllow(now);
          expect(breaker.state).toBe(before);
          if (send) {
            const allowed = breaker.allow(now);
            expect(allowed).toBe(would);
            if (before === 'open') expect(allowed).toBe(now >= opened_ms + break_ms);
            if (allowed && before !== 'closed') probes++;
            if (allowed) inFlight.push({ sent_ms: now, probe: before === 'closed' ? 0 : probes });
          }
          const out = inFlight.filter((hit) => hit.probe > 0 && hit.probe === probes).length;
          if (breaker.state === 'half_open') expect(out).toBe(1);
          if (ends === null || inFlight.length === 0) continue;
          const [hit] = inFlight.splice(ends % inFlight.length, 1);
          const state = breaker.state;
          const tells = breaker.record(answered, now, hit!.sent_ms);
          if (answered) {
            expect(breaker.state).toBe('closed');
            break_ms = 1_000;
          } else if (breaker.state === 'open' && state !== 'open') {
            if (state === 'half_open') expect(hit!.probe).toBe(probes);
            expect(tells).toBe(state === 'closed');
            break_ms = state === 'closed' ? 1_000 : Math.min(break_ms * 2, 30_000);
            opened_ms = now;
          } else expect(tells).toBe(false);
        }
      }),
      { seed: 121, numRuns: 400 },
    );
  });
});
