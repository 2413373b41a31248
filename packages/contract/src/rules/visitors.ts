import { isComplaint } from '../complaint.ts';
import { returnDaysOf } from '../return-days.ts';
import { finding, type Rule } from './rule.ts';

/** RETURN_AFTER_DAYS can be read. */
export const returnDaysReadable: Rule = {
  reads: ['return_after_days'],
  check: ({ return_after_days: text }, given) => {
    const read = returnDaysOf(text);
    if (!isComplaint(read)) return [];
    const { code, message, remedy } = read;
    return [finding(given, ['return_after_days'], code, { message, remedy })];
  },
};
