import { type Complaint, isComplaint } from './complaint.ts';
import { namesAndWeights, weightComplaint } from './weights.ts';

/** Days since a visitor's last visit, both ends included, and how often that is so. */
export interface ReturnDays {
  readonly least: number;
  readonly most: number;
  /** Relative to the other ranges; spread evenly over the days of the range. */
  readonly weight: number;
}

/** Matomo's report of days since the last visit puts all beyond this in one row. */
const latest = 364;

const range = /^(\d{1,3})(?:-(\d{1,3}))?$/;

/**
 * Reads RETURN_AFTER_DAYS, `1:30,4-7:20`: days or ranges of days with weights, in ascending order of days
 * whatever their order in the text.
 */
export function returnDaysOf(text: string): { value: readonly ReturnDays[] } | Complaint {
  const written = namesAndWeights('RETURN_AFTER_DAYS', text);
  if (isComplaint(written)) return malformed(written.message);
  const days: ReturnDays[] = [];
  for (const [at, [name, weight]] of written.value.entries()) {
    const found = range.exec(name);
    const least = Number(found?.[1]);
    const most = Number(found?.[2] ?? least);
    if (found === null || least > most || most > latest) {
      return malformed(
        `Element ${at + 1} of RETURN_AFTER_DAYS is neither a day nor a range of days, each from 0 to ${latest}.`,
      );
    }
    const wrong = weightComplaint('RETURN_AFTER_DAYS', name, weight, at);
    if (wrong !== null) return malformed(wrong.message);
    days.push({ least, most, weight: weight as number });
  }
  days.sort((a, b) => a.least - b.least);
  const overlapping = days.find(({ least }, at) => at > 0 && least <= (days[at - 1]?.most ?? -1));
  if (overlapping !== undefined) {
    return malformed(`RETURN_AFTER_DAYS names day ${overlapping.least} twice.`);
  }
  if (!days.some(({ weight }) => weight > 0)) {
    return malformed('RETURN_AFTER_DAYS has no weight above 0.');
  }
  return { value: days.filter(({ weight }) => weight > 0) };
}

const malformed = (message: string): Complaint => ({
  code: 'return_days_invalid',
  message,
  remedy:
    'Write days or ranges of days with weights, for example RETURN_AFTER_DAYS=1:30,2-3:25,4-7:20,8-30:25.',
});
