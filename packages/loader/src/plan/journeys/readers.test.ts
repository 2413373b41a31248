import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as words from './words.ts';

const long = (length: number) => fc.constant('é'.repeat(length));
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc
    .array(fc.constantFrom('a', '0', ' ', '\u00a0', '\n', '\u0085', '\u200b', '😀', '\ud83d'), {
      maxLength: 4,
    })
    .map((parts) => parts.join('')),
  fc.constantFrom('', ' ', '0', ' 0 ', '00', '\ufeffx', 'https://shop.example/'),
  ...[100, 101, 200, 201, 250, 251, 255, 256, 1_024, 1_025].map(long),
  long(1_024).map((full) => ` ${full}\n`),
);
const number = fc.oneof(
  fc.integer({ min: -2, max: 1_002 }),
  fc.double(),
  fc.constantFrom(
    -0,
    0.5,
    999,
    1_000,
    1_001,
    1e9,
    1e9 + 1,
    -1e9,
    -1e9 - 1,
    1e6,
    1e6 + 1,
    2 ** 31 - 1,
    2 ** 31,
  ),
  fc.constantFrom(2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
);
const odd = fc.oneof(
  fc.constantFrom<unknown[]>(null, undefined, true, '7', [], {}, ['a'], 7n, new Date(0)),
  fc.anything(),
);

/** Nine times in ten what is asked for, or something like it; else anything. */
const like = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: odd, weight: 1 });
const line = like(
  fc.oneof(
    { arbitrary: fc.constantFrom('a word', 'Zürich', ' padded '), weight: 3 },
    { arbitrary: text, weight: 1 },
  ),
);
const amount = like(
  fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 900 }), weight: 3 },
    { arbitrary: number, weight: 1 },
  ),
);
/** Fields may be missing, and others be there. */
const thing = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  like(
    fc.oneof(
      { arbitrary: fc.record(fields), weight: 4 },
      { arbitrary: fc.record({ ...fields, more: odd }, { requiredKeys: [] }), weight: 1 },
    ),
  );
const optional = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(value, fc.constantFrom(null, undefined));

const product = thing({ sku: line, name: line, category: line, price_minor: amount });
const missing = (value: fc.Arbitrary<unknown>) => fc.oneof(value, fc.constant(undefined));
const orderLine = thing({ product, quantity: missing(amount), price_minor: missing(amount) });

const said: Record<string, fc.Arbitrary<unknown>> = {
  address: line,
  page: thing({ url: line, title: line }),
  product,
  search: thing({ keyword: line, category: optional(line), results: optional(amount) }),
  event: thing({ category: line, action: line, name: optional(line), value: optional(amount) }),
  content: thing({
    name: line,
    piece: optional(line),
    target: optional(line),
    interaction: optional(line),
  }),
  lines: like(fc.array(orderLine, { maxLength: 4 })),
  orderFacts: thing({
    tax_minor: optional(amount),
    shipping_minor: optional(amount),
    discount_minor: optional(amount),
  }),
  goal: thing({ goal: amount, revenue_minor: optional(amount) }),
  dimension: thing({ id: amount, value: optional(line) }),
};

const { heard: _, parsed: __, ...all } = words;

describe('what plugins say', () => {
  it.each(Object.entries(all))('%s: is read as its schema parses it', (name, { read, schema }) => {
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(said[name] as fc.Arbitrary<unknown>, (value) => {
        const parsed = schema.safeParse(value);
        if (parsed.success) good++;
        else bad++;
        expect(read(value)).toEqual(parsed.data);
      }),
      { seed: 5, numRuns: 5_000 },
    );
    // Both happened, and often.
    expect(Math.min(good, bad)).toBeGreaterThan(100);
  });

  it('takes a hundred lines of an order, and no more', () => {
    const one = { product: { sku: 's', name: 'n', category: 'c', price_minor: 1 } };
    for (const [count, taken] of [
      [0, undefined],
      [100, 100],
      [101, undefined],
    ] as const) {
      expect(words.lines.read(Array(count).fill(one))?.length).toBe(taken);
    }
  });
});
