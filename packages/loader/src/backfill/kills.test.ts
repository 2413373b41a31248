import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disasters, isNegative, suffer } from '../testing/disasters.ts';

/** A visit that goes wrong so often while others succeed is given up. */
const triesOfAVisit = 8;
describe('whatever happens, and whenever the process is killed', () => {
  it('every hit is recorded once, and the report adds up', async () => {
    await fc.assert(
      fc.asyncProperty(disasters, async (given) => {
        const { rehearsal, process } = await suffer(given);
        const { planned } = rehearsal;
        const recorded = recordedOnce(rehearsal.matomo.recorded);
        const { total, known, days, negative } = process.run.books;
        const excluded = planned.filter(isNegative).length;
        expect(new Set(recorded).size).toBe(recorded.length);
        expect(new Set(planned).isSupersetOf(new Set(recorded))).toBe(true);
        expect(total).toMatchObject({
          hits: planned.length,
          visits: total.planned_visits,
          rejected: 0,
        });
        // What was given up without anybody being able to tell may be there or not.
        expect(total.accepted + total.failed + total.unknown).toBe(planned.length);
        expect(recorded.length + excluded).toBeGreaterThanOrEqual(total.accepted);
        expect(recorded.length).toBeLessThanOrEqual(total.accepted + total.unknown);
        expect(negative.total.negative_hits).toBe(excluded);
        // Only what fails time and again while others succeed is given up.
        const troubles = given.script.filter((handling) => handling !== null).length;
        if (troubles < triesOfAVisit) expect(total.accepted).toBe(planned.length);
        expect(known.found).toBeLessThanOrEqual(total.accepted);
        expect(days.reduce((sum, day) => sum + day.hits, 0)).toBe(total.hits);
        const reasons = process.run.books.reasons();
        expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(
          total.failed + total.unknown,
        );
      }),
      {
        seed: Number(globalThis.process.env.S ?? 20260610),
        numRuns: Number(globalThis.process.env.N ?? 150),
      },
    );
  });
});

/**
 * What is recorded, with each ping once: one that is sent again changes nothing in Matomo, for it sets the
 * visit's length, which it had set.
 */
function recordedOnce(queries: readonly string[]): string[] {
  const isPing = (query: string) => query.includes('&ping=1');
  return [...queries.filter((query) => !isPing(query)), ...new Set(queries.filter(isPing))];
}
