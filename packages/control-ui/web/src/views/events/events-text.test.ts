import { readEvents } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asWritten,
  categoriesOf,
  listOf,
  numberOf,
  rootOf,
  withField,
  withList,
  withShare,
} from './events-text.ts';

const text = fc.string({ minLength: 1, maxLength: 12 }).map((each) => `a${each}`.trim());
const event = fc.record(
  {
    category: text,
    action: text,
    name: text,
    value: fc.nat(),
    weight: fc.integer({ min: 1, max: 1_000_000 }),
  },
  { requiredKeys: ['category', 'action'] },
);

describe('an events file', () => {
  it('is written so that the loader reads what was put in', () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, share) => {
          const file = withShare(
            rootOf(withList({}, 'click_events', list)) ?? {},
            'click_events',
            share,
          );
          const { events } = readEvents(file, 'events');
          expect(events?.click_events).toEqual(
            list.map((each) => ({ name: null, value: null, weight: 1, ...each })),
          );
          expect(events?.random_events).toBeNull();
          expect(asWritten(events?.click_events ?? [])).toEqual(
            list.map(({ weight, ...others }) =>
              weight === 1 || weight === undefined ? others : { ...others, weight },
            ),
          );
        },
      ),
    );
  });

  it('keeps what a person wrote, and loses a list or a share only when asked', () => {
    const root = { click_events: [{ category: 'C', other: 1 }], click_events_probability: 0.5 };
    expect(rootOf(withList(root, 'click_events', null))).toEqual({ click_events_probability: 0.5 });
    expect(rootOf(withShare(root, 'click_events', undefined))).toEqual({
      click_events: [{ category: 'C', other: 1 }],
    });
    expect(withField(root.click_events, 0, 'weight', 'many')).toEqual([
      { category: 'C', other: 1, weight: 'many' },
    ]);
    expect(withField(root.click_events, 0, 'category', undefined)).toEqual([{ other: 1 }]);
  });

  it.each<[string, unknown]>([
    ['', undefined],
    [' 2.5 ', 2.5],
    ['-1', -1],
    ['many', 'many'],
    ['0x10', '0x10'],
    ['Infinity', 'Infinity'],
  ])('takes %j in a number field as %j', (given, value) => {
    expect(numberOf(given)).toEqual(value);
  });

  it('is no form where it is no object, or a list is none', () => {
    expect([rootOf('['), rootOf('[]'), rootOf('3')]).toEqual([null, null, null]);
    expect(listOf({ click_events: 3 }, 'click_events')).toBeUndefined();
    expect(listOf({ click_events: [3] }, 'click_events')).toBeUndefined();
    expect(listOf({}, 'click_events')).toBeNull();
  });

  it('has shares by category', () => {
    const list = [{ category: 'A' }, { category: 'B', weight: 5 }, { category: 'A', weight: 'x' }];
    expect(categoriesOf(list)).toEqual([
      { category: 'B', events: 1, weight: 5 },
      { category: 'A', events: 2, weight: 1 },
    ]);
  });
});
