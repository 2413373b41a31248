import { parseUrlsFile, readEvents } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { builtInText } from './built-in-file.ts';

const material = builtinMaterial();

it('writes the built-in pages as a URL file that has nothing wrong with it', () => {
  const { pages, problems, duplicates } = parseUrlsFile(builtInText('urls'));
  expect(pages.map(({ url }) => url)).toEqual(material.pages.map(({ url }) => url.raw));
  expect([problems, duplicates]).toEqual([[], 0]);
});

it('writes the built-in events as an events file that has nothing wrong with it', () => {
  const { events, problems } = readEvents(builtInText('events'), 'events.json');
  expect(problems).toEqual([]);
  expect(events?.click_events).toHaveLength(material.click_events.length);
  expect(events?.random_events?.map(({ value }) => value)).toEqual(
    material.random_events.map(({ value }) => value),
  );
});
