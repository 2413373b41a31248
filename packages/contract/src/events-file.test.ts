import { describe, expect, it } from 'vitest';
import { readEvents } from './events-file.ts';

const event = { category: 'C', action: 'A' };
const read = (value: unknown) =>
  readEvents(typeof value === 'string' ? value : JSON.stringify(value), '/data/e.json');
const told = (value: unknown) => read(value).problems.map(({ message }) => message);

describe('an events file', () => {
  it('may leave everything out: the built-in events stay', () => {
    expect(read({})).toEqual({
      events: {
        click_events: null,
        random_events: null,
        click_events_probability: null,
        random_events_probability: null,
      },
      problems: [],
    });
  });

  it('has events with a weight of 1 unless they say another', () => {
    const { events, problems } = read({
      click_events: [event, { ...event, name: 'N', value: 2, weight: 3 }],
      click_events_probability: 0.5,
    });
    expect(problems).toEqual([]);
    expect(events?.click_events).toEqual([
      { ...event, name: null, value: null, weight: 1 },
      { ...event, name: 'N', value: 2, weight: 3 },
    ]);
    expect(events?.click_events_probability).toBe(0.5);
  });

  it.each<[unknown, string]>([
    [[], 'The events file must be an object.'],
    [{ click_events: {} }, 'In the events file click_events must be a list.'],
    [
      { clik_events: [] },
      'In the events file clik_events is no field of it; perhaps click_events is meant.',
    ],
    [{ click_events: [5] }, 'Event 1 of click_events must be an object.'],
    [{ click_events: [event, { action: 'A' }] }, 'Event 2 of click_events: category is missing.'],
    [{ random_events: [{ ...event, action: ' ' }] }, 'Event 1 of random_events: action is empty.'],
    [
      { random_events: [{ ...event, value: 'x' }] },
      'Event 1 of random_events: value must be a number.',
    ],
    [
      { random_events: [{ ...event, value: -1 }] },
      'Event 1 of random_events: value is -1, but must be 0 or more.',
    ],
    [
      { random_events: [{ ...event, weight: -1 }] },
      'Event 1 of random_events: weight is -1, but must be 0 or more.',
    ],
    [
      { random_events: [{ ...event, probability: 1 }] },
      'Event 1 of random_events: probability is no field of it.',
    ],
    [
      { random_events_probability: 2 },
      'In the events file random_events_probability is 2, but must be 1 or less.',
    ],
    [
      { click_events: [{ ...event, weight: 0 }] },
      'In the events file all events of click_events have weight 0.',
    ],
  ])('is refused: %o', (value, message) => {
    expect(told(value)).toEqual([message]);
    expect(read(value).events).toBeNull();
    expect(read(value).problems[0]).toMatchObject({ code: 'events_unusable', severity: 'error' });
  });

  it('tells all mistakes at once', () => {
    expect(told({ click_events: [{}], random_events: 1 })).toHaveLength(3);
    expect(told('nothing')[0]).toMatch(/^The events file is not JSON: /);
  });

  it('warns of a list without events', () => {
    const { events, problems } = read({ click_events: [] });
    expect(events?.click_events).toEqual([]);
    expect(problems).toMatchObject([{ code: 'events_list_empty', severity: 'warning' }]);
  });
});
