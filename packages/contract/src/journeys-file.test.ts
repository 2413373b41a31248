import { describe, expect, it } from 'vitest';
import { journeyWeightsOf } from './journeys.ts';
import { readJourneys } from './journeys-file.ts';

const read = (content: unknown) =>
  readJourneys(typeof content === 'string' ? content : JSON.stringify(content), 'j.json');
const messages = (content: unknown) => read(content).problems.map(({ message }) => message);

describe('a journeys file', () => {
  it('may say nothing, and has defaults then', () => {
    expect(read({})).toEqual({
      file: { popularity: 1, sections: {}, journeys: [] },
      problems: [],
    });
  });

  it('is read with all its fields, and says nothing that is not written', () => {
    const journey = {
      name: 'hunter',
      weight: 3,
      like: 'buyer',
      entries: [{ section: 'sale', weight: 1 }],
      bounce_share: 0.2,
      goals: [{ id: 1, share: 0.1 }],
      contents: [{ name: 'Banner', share: 0.5 }],
      dimensions: [{ id: 2, values: { gold: 1, silver: 2 } }],
    };
    const { file, problems } = read({ popularity: 0.5, journeys: [journey] });
    expect(problems).toEqual([]);
    expect(file?.journeys[0]).toEqual({
      ...journey,
      goals: [{ id: 1, share: 0.1, revenue: null }],
      contents: [{ name: 'Banner', piece: null, target: null, share: 0.5, interaction_share: 0 }],
    });
  });

  it('tells all mistakes at once, each with its place', () => {
    const file = {
      popularity: -1,
      sektions: {},
      journeys: [
        { name: 'a', cart_share: 2, entries: [{ weight: 1 }] },
        { name: 'b,c', like: 'nobody', orders_share: 1 },
      ],
    };
    expect(read(file).file).toBeNull();
    expect(messages(file).sort()).toEqual(
      [
        'In the journeys file popularity is -1, but must be 0 or more.',
        'In the journeys file sektions is no field of it; perhaps sections is meant.',
        'Journey 1 “a”: cart_share is 2, but must be 1 or less.',
        'Journey 1 “a”: entries.0 needs either a page or a section.',
        'Journey 2 “b,c”: like must be one of researcher, buyer, casual.',
        'Journey 2 “b,c”: name may have letters, digits, blanks and . _ - only.',
        'Journey 2 “b,c”: orders_share is no field of it; perhaps order_share is meant.',
      ].sort(),
    );
  });

  it.each([
    ['text that is no JSON', '{"journeys": [', /^The journeys file is not JSON/],
    ['a list', [], /^The journeys file must be an object/],
    ['a name twice', { journeys: [{ name: 'a' }, { name: 'a' }] }, /2 “a”: name is also the name/],
    ['a range the wrong way round', { journeys: [{ name: 'a', pages_min: 9, pages_max: 3 }] }, /9/],
    [
      'values without weight',
      { journeys: [{ name: 'a', dimensions: [{ id: 1, values: { x: 0 } }] }] },
      /dimensions\.0\.values has no weight above 0/,
    ],
  ])('is refused with %s', (_, content, message) => {
    expect(messages(content).join(' ')).toMatch(message);
  });
});

describe('JOURNEYS', () => {
  it('are names with weights, in any order and with blanks', () => {
    const { weights, problems } = journeyWeightsOf({ journeys: 'buyer:3, sale hunter , x:0' });
    expect(problems).toEqual([]);
    expect([...weights]).toEqual([
      ['buyer', 3],
      ['sale hunter', 1],
      ['x', 0],
    ]);
  });

  it.each(['buyer:', 'buyer:a', 'buyer:-1', 'buyer:1,buyer:2', ',', 'a:1:2'])(
    'are refused when they read %s',
    (journeys) => {
      const { weights, problems } = journeyWeightsOf({ journeys });
      expect(weights.size).toBe(0);
      expect(problems.map(({ code }) => code)).toEqual(['journeys_malformed']);
    },
  );
});
