import { expect, it } from 'vitest';
import { differingPaths, draftOf, onGround, writtenOf } from './draft.ts';

const page = { type: 'pageview', url: '/' };
const event = { type: 'event', event_category: 'C', event_action: 'A', event_name: 'N' };
const funnel = (changes: object = {}) => ({
  name: 'One',
  probability: 0.5,
  enabled: true,
  steps: [page, event],
  ...changes,
});

it('writes what was read, without what is left out, and leaves the switch alone', () => {
  const { enabled: _, ...rest } = funnel();
  expect(writtenOf(draftOf(funnel({ description: null })))).toEqual(rest);
  const cleared = draftOf(funnel());
  const fields = { ...cleared.fields, description: '', priority: null };
  expect(writtenOf({ ...cleared, fields })).toEqual(rest);
});

it('knows a default from a change, and names the place of each change', () => {
  expect(differingPaths(funnel(), funnel({ priority: 0, exit_after_completion: true }))).toEqual(
    [],
  );
  expect(differingPaths(funnel(), funnel({ steps: [{ ...page, drop_off: 0 }, event] }))).toEqual(
    [],
  );
  const other = funnel({ name: 'Two', steps: [page, { ...event, event_name: 'M' }] });
  expect(differingPaths(funnel(), other)).toEqual(['name', 'steps.1.event_name']);
});

it('takes theirs where I changed nothing, and keeps mine elsewhere', () => {
  const mine = { ...draftOf(funnel()), fields: { ...funnel(), name: 'Mine' } };
  const theirs = funnel({ name: 'Theirs', probability: 0.1, steps: [page] });
  expect(writtenOf(onGround(mine, funnel(), theirs))).toMatchObject({
    name: 'Mine',
    probability: 0.1,
    steps: [page],
  });
  const moved = draftOf(funnel({ steps: [page, page, event] }));
  expect(writtenOf(onGround(moved, funnel(), theirs)).steps).toEqual([page, page, event]);
  const edited = draftOf(funnel({ steps: [page, { ...event, event_name: 'Mine' }] }));
  const others = funnel({
    steps: [
      { ...page, title: 'Theirs' },
      { ...event, event_value: 2 },
    ],
  });
  expect(writtenOf(onGround(edited, funnel(), others)).steps).toEqual([
    { ...page, title: 'Theirs' },
    { ...event, event_name: 'Mine', event_value: 2 },
  ]);
});
