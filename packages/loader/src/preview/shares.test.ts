import { describe, expect, it } from 'vitest';
import type { Visit } from '../plan/visit.ts';
import { isFirst } from './section.ts';
import { sharesOf } from './shares.ts';

const head = { name: 'countries', title: 'Countries', of: 'visits' };
const asked = new Map([
  ['se', 1],
  ['no', 1],
]);
const countryOf = ({ visitor }: Visit) => visitor.place.country;

/** 100 visitors, 50 of each country; one from Sweden comes back 400 times. */
const visits = Array.from({ length: 500 }, (_, index) => {
  const came_before = index >= 100;
  const country = came_before || index % 2 === 0 ? 'se' : 'no';
  return { visitor: { place: { country }, came_before } } as Visit;
});

function rowsOf(how: Parameters<typeof sharesOf>[3]) {
  const dimension = sharesOf(head, countryOf, asked, how);
  for (const visit of visits) dimension.see(visit);
  return dimension.sections()[0]?.rows;
}

describe('shares', () => {
  it('are judged by what was drawn, and shown of all visits', () => {
    expect(rowsOf({ isDrawn: isFirst })).toEqual([
      { name: 'se', count: 450, planned: 0.9, asked: 0.5, sigmas: 0, off: false },
      { name: 'no', count: 50, planned: 0.1, asked: 0.5, sigmas: 0, off: false },
    ]);
    expect(rowsOf({})?.map(({ off }) => off)).toEqual([true, true]);
  });

  it('that are not judged keep the order of what was asked for', () => {
    expect(rowsOf({ judged: false })).toEqual([
      { name: 'se', count: 450, planned: 0.9, asked: null, sigmas: null, off: false },
      { name: 'no', count: 50, planned: 0.1, asked: null, sigmas: null, off: false },
    ]);
  });
});
