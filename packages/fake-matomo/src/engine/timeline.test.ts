import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Timeline } from './timeline.ts';
import type { Visit } from './visit.ts';

const visitAt = (id: number, time_ms: number) => ({ id, last_action_ms: time_ms }) as Visit;

it('finds the newest visit up to a moment, whatever was added, moved and removed', () => {
  const step = fc.record({
    what: fc.constantFrom('add', 'move', 'remove'),
    which: fc.nat(),
    time_ms: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat(60), (steps, limit_ms) => {
      const timeline = new Timeline();
      const visits: Visit[] = [];
      for (const [id, { what, which, time_ms }] of steps.entries()) {
        const chosen = visits[which % Math.max(1, visits.length)];
        if (what === 'add' || chosen === undefined) {
          const visit = visitAt(id, time_ms);
          visits.push(visit);
          timeline.add(visit);
        } else if (what === 'move') {
          chosen.last_action_ms += time_ms;
          timeline.moved(chosen);
        } else {
          visits.splice(visits.indexOf(chosen), 1);
          timeline.remove(chosen);
        }
      }
      const times = visits.map((visit) => visit.last_action_ms).filter((time) => time <= limit_ms);
      const newest = timeline.newestUpTo(limit_ms)?.last_action_ms;
      expect(newest).toBe(times.length === 0 ? undefined : Math.max(...times));
      expect(timeline.size).toBe(visits.length);
    }),
  );
});
