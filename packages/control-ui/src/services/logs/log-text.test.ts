import { expect, it } from 'vitest';
import { asText, fits, logLineOf } from './log-text.ts';

const at = '2026-05-01T12:00:00.000Z';
const lineOf = (text: string) => logLineOf('loader-1', { at, stream: 'stderr', text });

it('takes lines of the loader’s log apart', () => {
  expect(lineOf('{"level":"warn","time":1,"pid":3,"msg":"slow","code":"x"}')).toEqual({
    at,
    loader: 'loader-1',
    level: 'warning',
    text: 'slow',
    detail: { code: 'x' },
  });
  expect(lineOf('{"level":50,"msg":"bad"}')).toMatchObject({ level: 'error', detail: null });
});

it('leaves anything else as it is', () => {
  expect(lineOf('error: It is wrong.')).toMatchObject({
    level: 'error',
    text: 'error: It is wrong.',
  });
  expect(lineOf('{"level":')).toMatchObject({ level: 'info', text: '{"level":', detail: null });
  expect(lineOf('[1]')).toMatchObject({ text: '[1]' });
});

it('finds by level and by text, in the details too', () => {
  const line = lineOf('{"level":"warn","msg":"Slow answer","host":"Matomo"}');
  expect(fits(line, 'warning', undefined)).toBe(true);
  expect(fits(line, 'error', undefined)).toBe(false);
  expect(fits(line, undefined, 'slow')).toBe(true);
  expect(fits(line, undefined, 'matomo')).toBe(true);
  expect(fits(line, undefined, 'other')).toBe(false);
  expect(asText(line)).toBe(`${at} loader-1 WARNING Slow answer {"host":"Matomo"}`);
});
