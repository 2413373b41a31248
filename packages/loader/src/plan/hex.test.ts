import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hex16 } from './hex.ts';

it('writes two numbers of 32 bits as 16 digits', () => {
  const bits = fc.oneof(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1),
  );
  fc.assert(
    fc.property(bits, bits, (high, low) => {
      const wanted = [high, low].map((each) => each.toString(16).padStart(8, '0')).join('');
      expect(hex16(high, low)).toBe(wanted);
    }),
    { seed: 1, numRuns: 500 },
  );
});
