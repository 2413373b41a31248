import { describe, expect, it } from 'vitest';
import { planOfJourney } from '../testing/journey-material.ts';
import { Books, sumOf } from './books.ts';
import { PluginNotes } from './plugin-notes.ts';

const good = planOfJourney((v) => v.view('/'));
const bad = planOfJourney(() => {
  throw new Error('first');
});
const slow = { counts: () => new Map([['test', { slow: 2, slowest_ms: 61.23 }]]) };

describe('the books of journeys and plugins', () => {
  it('count a journey as begun when its first hit was accepted', () => {
    const books = new Books();
    for (const index of [0, 1, 2]) books.visitPlanned(good(index));
    const [visit, other] = [good(0), good(1)];
    for (const hit of visit.hits) books.hitEnded('accepted', 'ok', hit, visit, 0);
    books.hitEnded('rejected', 'refused', other.hits[0]!, other, 0);
    books.hitEnded('accepted', 'ok', other.hits[1]!, other, 0);
    expect(books.journeys.numbers()).toEqual([{ name: 'own', starts: 1, planned: 3 }]);
    expect(books.plugins.numbers()).toEqual([]);
  });

  it('count the visits that a plugin failed, and add up over targets', () => {
    const [one, two] = [new Books(null, [], slow), new Books(null, [], slow)];
    for (const index of [0, 1]) one.visitPlanned(bad(index));
    two.visitPlanned(bad(2));
    two.visitPlanned(good(3));
    const sum = sumOf([one, two]);
    expect(sum.journeys.numbers()).toEqual([{ name: 'own', starts: 0, planned: 1 }]);
    expect(sum.plugins.numbers()).toEqual([
      {
        name: 'test',
        errors: 3,
        first_error: 'journey “own”: Error: first',
        slow: 2,
        slowest_ms: 61.2,
      },
    ]);
    expect(sum.tally.visits.planned).toBe(4);
  });
});

describe('what is logged of plugins', () => {
  const numbers = (errors: number, slow_calls = 0) => [
    { name: 'p', errors, first_error: errors > 0 ? 'x' : null, slow: slow_calls, slowest_ms: 9 },
  ];

  it('is the first error at once, the next ones once a minute, and the rest at the end', () => {
    const said: object[] = [];
    const notes = new PluginNotes((line) => said.push(line));
    notes.beat(numbers(0));
    expect(said).toEqual([]);
    for (let beat = 1; beat <= 100; beat++) notes.beat(numbers(beat));
    expect(said).toMatchObject([{ visits: 1, plugin: 'p', first: 'x' }, { visits: 61 }]);
    notes.end(numbers(100));
    notes.end(numbers(100));
    expect(said.slice(2)).toMatchObject([{ code: 'plugin_faulty', visits: 100 }]);
  });

  it('tells of slowness and of errors apart', () => {
    const said: { code?: string }[] = [];
    const notes = new PluginNotes((line) => said.push(line));
    notes.beat(numbers(2, 3));
    expect(said.map(({ code }) => code)).toEqual(['plugin_faulty', 'plugin_slow']);
  });
});
