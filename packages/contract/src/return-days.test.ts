import { describe, expect, it } from 'vitest';
import { isComplaint } from './complaint.ts';
import { readSettings } from './read.ts';
import { returnDaysOf } from './return-days.ts';
import { defaultSettings } from './settings/list.ts';

describe('RETURN_AFTER_DAYS', () => {
  it('is days and ranges of days with weights, in the order of the days', () => {
    expect(returnDaysOf(' 8-14:12, 1:30,0 ,3:0')).toEqual({
      value: [
        { least: 0, most: 0, weight: 1 },
        { least: 1, most: 1, weight: 30 },
        { least: 8, most: 14, weight: 12 },
      ],
    });
    expect(isComplaint(returnDaysOf(defaultSettings.return_after_days))).toBe(false);
  });

  it.each([
    ['', 'Element 1 of RETURN_AFTER_DAYS is empty.'],
    ['1:30,soon:2', 'Element 2 of RETURN_AFTER_DAYS is neither a day nor a range of days'],
    ['7-4:1', 'Element 1 of RETURN_AFTER_DAYS is neither a day nor a range of days'],
    ['1:1,365:1', 'Element 2 of RETURN_AFTER_DAYS is neither a day nor a range of days'],
    ['1:x', 'The weight of element 1 of RETURN_AFTER_DAYS (“1”) is not a number.'],
    ['1-7:3,5:1', 'RETURN_AFTER_DAYS names day 5 twice.'],
    ['1:0,2-3:0', 'RETURN_AFTER_DAYS has no weight above 0.'],
  ])('cannot be %j', (text, message) => {
    const read = returnDaysOf(text);
    expect(isComplaint(read) && read.code).toBe('return_days_invalid');
    expect(isComplaint(read) && read.message).toContain(message);
  });

  it('that is wrong is told with the other mistakes', () => {
    const environment = { RETURN_AFTER_DAYS: '1:1,1:2', USER_ID_SHARE: '2' };
    const readFile = () => '';
    const { problems } = readSettings({ environment, readFile, purpose: 'plan' });
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code).sort()).toEqual([
      'return_days_invalid',
      'setting_out_of_range',
    ]);
  });
});
