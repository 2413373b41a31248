import { outcomes } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from './tally.ts';

const failures = ['rejected', 'failed', 'unknown', 'dropped'] as const;

describe('the tally', () => {
  it('accounts for every planned hit and visit at every moment, whatever the history', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('plan' as const), hits: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ what: fc.constant('drop' as const), reason: fc.constantFrom('a', 'b') }),
      fc.record({ what: fc.constant('begin' as const) }),
      fc.record({
        what: fc.constant('hit' as const),
        lane: fc.nat(20),
        outcome: fc.constantFrom('accepted' as const, ...failures),
        reason: fc.constantFrom('x', 'y', 'z'),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const tally = new Tally();
        const waiting: number[] = [];
        const lanes: { left: number; good: boolean }[] = [];
        let notAccepted = 0;
        for (const act of steps) {
          if (act.what === 'plan') {
            tally.visitPlanned(act.hits);
            waiting.push(act.hits);
          } else if (act.what === 'drop' && waiting.length > 0) {
            const hits = waiting.shift()!;
            tally.visitDropped(hits, act.reason, 'a visit');
            notAccepted += hits;
          } else if (act.what === 'begin' && waiting.length > 0) {
            lanes.push({ left: waiting.shift()!, good: true });
          } else if (act.what === 'hit' && lanes.length > 0) {
            const at = act.lane % lanes.length;
            const lane = lanes[at]!;
            lane.left--;
            if (act.outcome === 'accepted') tally.hitAccepted();
            else {
              tally.hitNotAccepted(act.outcome, act.reason, 'a hit');
              lane.good = false;
              notAccepted++;
            }
            if (lane.left === 0) {
              tally.visitEnded(lane.good);
              lanes.splice(at, 1);
            }
          }
          const ended = outcomes.reduce((sum, outcome) => sum + tally.hits[outcome], 0);
          expect(tally.pending).toBe(tally.hits.planned - ended);
          const open = [...waiting, ...lanes.map(({ left }) => left)];
          expect(tally.pending).toBe(open.reduce((a, b) => a + b, 0));
          const { planned, delivered, partial, dropped } = tally.visits;
          expect(planned).toBe(delivered + partial + dropped + open.length);
          const reasons = tally.reasons();
          expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(notAccepted);
          for (const outcome of failures) {
            const told = reasons.filter((reason) => reason.outcome === outcome);
            expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(tally.hits[outcome]);
          }
        }
      }),
      { seed: 131, numRuns: 150 },
    );
  });

  it('tells reasons by outcome, most frequent first, with the first example', () => {
    const tally = new Tally();
    tally.visitPlanned(9);
    tally.hitNotAccepted('failed', 'ECONNREFUSED', 'pageview of visit 1');
    for (const n of [2, 3, 4]) tally.hitNotAccepted('rejected', 'http_400', `order of visit ${n}`);
    tally.hitNotAccepted('unknown', 'http_400', 'ping of visit 5');
    tally.visitDropped(2, 'breaker_open', 'visit 6');
    expect(tally.reasons()).toEqual([
      { outcome: 'rejected', reason: 'http_400', count: 3, example: 'order of visit 2' },
      { outcome: 'dropped', reason: 'breaker_open', count: 2, example: 'visit 6' },
      { outcome: 'failed', reason: 'ECONNREFUSED', count: 1, example: 'pageview of visit 1' },
      { outcome: 'unknown', reason: 'http_400', count: 1, example: 'ping of visit 5' },
    ]);
    expect(tally.pending).toBe(2);
  });

  it('of several targets is their sum', () => {
    const [a, b] = [new Tally(), new Tally()];
    a.visitPlanned(3);
    a.hitAccepted();
    a.hitNotAccepted('failed', 'timeout', 'first');
    b.visitPlanned(2);
    b.hitNotAccepted('failed', 'timeout', 'second');
    b.visitDropped(1, 'shutdown', 'a visit');
    const sum = new Tally();
    sum.add(a);
    sum.add(b);
    expect(sum.hits).toMatchObject({ planned: 5, accepted: 1, failed: 2, dropped: 1 });
    expect(sum.visits).toEqual({ planned: 2, delivered: 0, partial: 0, dropped: 1 });
    expect(sum.pending).toBe(a.pending + b.pending);
    const timeouts = { outcome: 'failed', reason: 'timeout', count: 2, example: 'first' };
    expect(sum.reasons()[0]).toEqual(timeouts);
    sum.hitNotAccepted('failed', 'timeout', 'third');
    expect([a, b].map((tally) => tally.reasons()[0]?.count)).toEqual([1, 1]);
  });
});
