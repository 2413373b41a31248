import { describe, expect, it } from 'vitest';
import { funnelSchema } from './funnels.ts';
import { funnelMistakes, readFunnels } from './funnels-file.ts';

const page = { type: 'pageview', url: 'https://shop.example/' };
const event = { type: 'event', event_category: 'C', event_action: 'A', event_name: 'N' };
const funnel = (changes: object = {}) => ({
  name: 'One',
  probability: 0.5,
  steps: [page],
  ...changes,
});
const withStep = (step: unknown) => funnel({ steps: [page, step] });

const read = (value: unknown) =>
  readFunnels(typeof value === 'string' ? value : JSON.stringify(value), '/data/f.json');
const messages = (value: unknown, severity = 'error') =>
  read(value)
    .problems.filter((found) => found.severity === severity)
    .map(({ message }) => message);

describe('a funnels file', () => {
  it('needs no more than a name, a probability and a page', () => {
    const { funnels, problems } = read([funnel()]);
    expect(problems).toEqual([]);
    expect(funnels).toEqual([
      {
        name: 'One',
        description: null,
        probability: 0.5,
        priority: 0,
        enabled: true,
        exit_after_completion: true,
        steps: [
          {
            ...page,
            title: null,
            action_name: null,
            delay_seconds_min: null,
            delay_seconds_max: null,
            drop_off: 0,
          },
        ],
      },
    ]);
  });

  it('may be one funnel alone, an empty list, and begin with a byte order mark', () => {
    expect(read(funnel()).funnels).toHaveLength(1);
    expect(read([])).toEqual({ funnels: [], problems: [] });
    expect(read(`\uFEFF${JSON.stringify([funnel()])}`).funnels).toHaveLength(1);
  });

  it('takes null for a field that is not there', () => {
    const nothing = { title: null, url: null, event_value: null, delay_seconds_max: null };
    expect(messages(withStep({ ...event, ...nothing, search_keyword: null }))).toEqual([]);
    expect(messages(withStep({ ...event, search_keyword: null }), 'warning')).toEqual([]);
  });

  it.each<[object, string]>([
    [{ name: undefined }, 'Funnel 1: name is missing.'],
    [{ name: ' ' }, 'Funnel 1: name is empty.'],
    [
      { name: 'a'.repeat(101) },
      `Funnel 1 “${'a'.repeat(100)}”: name has 101 characters, but may have 100.`,
    ],
    [{ name: 'a\nb' }, 'Funnel 1 “a b”: name has a control character.'],
    [
      { description: 'a'.repeat(501) },
      'Funnel 1 “One”: description has 501 characters, but may have 500.',
    ],
    [{ probability: undefined }, 'Funnel 1 “One”: probability is missing.'],
    [{ probability: 1.1 }, 'Funnel 1 “One”: probability is 1.1, but must be 1 or less.'],
    [{ probability: '0.5' }, 'Funnel 1 “One”: probability must be a number.'],
    [{ priority: -1 }, 'Funnel 1 “One”: priority is -1, but must be 0 or more.'],
    [{ priority: 0.5 }, 'Funnel 1 “One”: priority must be a whole number.'],
    [{ enabled: 'yes' }, 'Funnel 1 “One”: enabled must be true or false.'],
    [{ steps: [] }, 'Funnel 1 “One”: steps is an empty list.'],
    [{ steps: undefined }, 'Funnel 1 “One”: steps is missing.'],
    [{ step: [] }, 'Funnel 1 “One”: step is no field of it; perhaps steps is meant.'],
    [
      { steps: [event] },
      'Funnel 1 “One”, step 1 (event): type must be pageview: a visit begins with a page.',
    ],
  ])('is refused for a funnel with %o', (changes, message) => {
    expect(messages(funnel(changes))).toEqual([message]);
    expect(funnelSchema.safeParse(funnel(changes)).success).toBe(false);
  });

  it('tells all mistakes at once, in the order of the file, and gives no funnel', () => {
    const list = [
      funnel({
        name: 'A',
        steps: [page, { ...page, delay_seconds_min: 2, delay_seconds_max: 1 }, {}],
      }),
      funnel({ name: 'B', probability: 7, steps: [{ type: 'goal', goal_id: 1 }] }),
      funnel({ name: 'A ' }),
      5,
    ];
    const { funnels, problems } = read(list);
    expect(funnels).toEqual([]);
    expect(problems.map(({ message }) => message.split(/ (is|must)/)[0])).toEqual([
      'Funnel 1 “A”, step 2 (pageview): delay_seconds_max',
      'Funnel 1 “A”, step 3: type',
      'Funnel 2 “B”: probability',
      'Funnel 2 “B”, step 1 (goal): type',
      'Funnel 3 “A ”: name',
      'Funnel 4',
    ]);
    for (const found of problems) {
      expect(found).toMatchObject({ code: 'funnels_unusable', source: 'file /data/f.json' });
    }
    expect(problems[1]?.fields).toEqual(['funnel_config_path', 'funnels.0.steps.2.type']);
  });

  it.each(['', '{', '[1,]'])('is refused when it is not JSON: %o', (text) => {
    expect(messages(text)[0]).toMatch(/^The funnels file is not JSON: /);
  });

  it.each(['7', '"x"', 'null'])('is refused when it is %s', (text) => {
    expect(messages(text)).toEqual([
      'The funnels file holds neither a list of funnels nor one funnel.',
    ]);
  });

  it('leaves out what is disabled, and puts lower priorities first', () => {
    const list = [
      funnel({ name: 'c', priority: 2, probability: 0 }),
      funnel({ name: 'a', priority: 1, probability: 0 }),
      funnel({ name: 'off', enabled: false }),
      funnel({ name: 'b', priority: 1, probability: 0 }),
    ];
    expect(read(list).funnels.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('warns of a field that belongs to another type of step, and leaves it out', () => {
    const { funnels, problems } = read(withStep({ ...event, goal_id: 3 }));
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'Funnel 1 “One”, step 2 (event): goal_id has no meaning there and is ignored.'],
    ]);
    expect(funnels[0]?.steps[1]).not.toHaveProperty('goal_id');
  });
});

describe('the shares of funnels', () => {
  const three = (...probabilities: number[]) =>
    probabilities.map((probability, n) => funnel({ name: `F${n}`, probability, priority: n }));

  it('are told when they are not the probabilities', () => {
    expect(messages(three(0.35, 0.25, 0.4), 'notice')).toEqual([
      'The funnels’ probabilities are not their shares. Funnels are tried in turn by priority, each with its own probability, so of all visits they get: “F0” 35 %, “F1” 16.25 % instead of 25 %, “F2” 19.5 % instead of 40 %.',
    ]);
  });

  it('are a warning when they add up to more than all visits', () => {
    expect(messages(three(0.8, 0.5), 'warning')).toEqual([
      'The funnels’ probabilities add up to 130 %, which no visits are left for. Funnels are tried in turn by priority, each with its own probability, so of all visits they get: “F0” 80 %, “F1” 10 % instead of 50 %.',
    ]);
  });

  it('are not spoken of when every funnel gets what it asks for', () => {
    expect(read(three(0.5)).problems).toEqual([]);
    expect(read(three(0, 0.5, 0)).problems).toEqual([]);
  });
});

describe('a delay', () => {
  const after = (min: number, max: number) =>
    messages(withStep({ ...page, delay_seconds_min: min, delay_seconds_max: max }), 'warning');

  it('that splits the visit is warned of', () => {
    expect(after(1799, 1799)).toEqual([]);
    expect(after(0, 1799.5)[0]).toMatch(/waits up to 1799.5 s after step 2: .* at times be two/);
    expect(after(1800, 3600)[0]).toMatch(/will always be two/);
  });
});

it('bears names that are anything but texts', () => {
  const names = [{ toString: 'x', valueOf: null }, 7, null];
  const file = names.map((name) => ({ name, probability: 0.1, steps: [] }));
  const { problems } = readFunnels(JSON.stringify(file), 'f.json');
  const said = problems.filter(({ fields }) => fields[1]?.endsWith('.name'));
  expect(said.map(({ message }) => message)).toEqual(
    names.map((_, at) => `Funnel ${at + 1}: name must be a text.`),
  );
});

it('tells mistakes by their place, for a form', () => {
  const wrong = funnel({ steps: [page, { ...event, event_name: '', search_keyword: 'left' }] });
  expect(funnelMistakes([funnel({ name: 'Other' }), wrong])).toEqual([
    { path: [1, 'steps', 1, 'event_name'], text: 'is empty' },
  ]);
  expect(funnelMistakes([funnel()])).toEqual([]);
});
