import { readJourneys } from '@trafficinator/contract/journeys-file';
import { expect, it } from 'vitest';
import { exampleText } from './example.ts';
import { journeysText, rowsOf, weightMistake } from './rows.ts';

const usual = 'researcher:25,buyer:15,casual:60';

it('gives weights as JOURNEYS says, then as the file does', () => {
  const { file } = readJourneys(exampleText, 'journeys.json');
  const weights = (journeys: string, of = file) =>
    Object.fromEntries(rowsOf(journeys, of).map(({ name, weight }) => [name, weight]));
  expect(weights(usual, null)).toEqual({ researcher: 25, buyer: 15, casual: 60 });
  expect(weights(usual)).toEqual({
    researcher: 25,
    buyer: 15,
    casual: 60,
    'newsletter reader': 12,
  });
  expect(weights('casual:1,newsletter reader:0,plugin one:4')).toEqual({
    researcher: 0,
    buyer: 10,
    casual: 1,
    'newsletter reader': 0,
    'plugin one': 4,
  });
});

it('writes only the weights that somebody gave', () => {
  expect(journeysText(usual, { buyer: 40 })).toBe('researcher:25,buyer:40,casual:60');
  expect(journeysText('casual:1', { 'newsletter reader': 0 })).toBe('casual:1,newsletter reader:0');
});

it('says what is wrong with a weight', () => {
  expect(weightMistake('buyer', 3)).toBeNull();
  expect(weightMistake('buyer', null)).toContain('0 switches it off');
  expect(weightMistake('buyer', 'many')).toContain('buyer');
  expect(weightMistake('buyer', -1)).toContain('buyer');
});
