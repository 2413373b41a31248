import { calendarDate } from './calendar-date.ts';
import type { Complaint } from './complaint.ts';
import { onOneLine } from './file-mistake.ts';

/** Levels of single days: by date (`2026-12-24`), or of every year (`12-24`). */
export type DayList = ReadonlyMap<string, number>;

/** Most that the volume of a day is multiplied by. */
const highest = 1_000;
const decimal = /^(\d+\.?\d*|\.\d+)$/;
/** A leap year, so that 29 February is a day of it. */
const anyLeapYear = '2028';

/**
 * Reads `2026-11-27:3,12-24:0.4`. `usual`: the level of a day that is written without one; null: it must
 * have one. All mistakes are told; what is mistaken is not in the list.
 */
export function readDayList(
  label: string,
  text: string | null,
  usual: number | null,
): { readonly days: DayList; readonly mistakes: readonly Omit<Complaint, 'code'>[] } {
  const days = new Map<string, number>();
  const mistakes: Omit<Complaint, 'code'>[] = [];
  for (const [at, part] of (text === null ? [] : text.split(',')).entries()) {
    const [day = '', written, ...more] = part.split(':').map((piece) => piece.trim());
    const element = `Element ${at + 1} of ${label}`;
    const shown = `${element} (“${onOneLine(part.trim()).slice(0, 40)}”)`;
    const level = written === undefined ? usual : decimal.test(written) ? Number(written) : null;
    if (!isDay(day) || more.length > 0) {
      const what =
        part.trim() === '' ? `${element} is empty` : `${shown} does not begin with a date`;
      const remedy = 'Write a date (2026-11-27) or a day of every year (12-24).';
      mistakes.push({ message: `${what}.`, remedy: `${remedy}${levelRemedy(usual)}` });
    } else if (level === null || level > highest) {
      const what =
        written === undefined ? 'has no level' : 'has a level that is no number in range';
      mistakes.push({ message: `${shown} ${what}.`, remedy: levelRemedy(usual).trim() });
    } else if (days.has(day)) {
      mistakes.push({ message: `${shown} names its day again.`, remedy: 'Keep one of the two.' });
    } else days.set(day, level);
  }
  return { days, mistakes };
}

/** The level of a date (`YYYY-MM-DD`); null when the list does not name it. A date goes before a day of every year. */
export const levelIn = (days: DayList, date: string): number | null =>
  days.get(date) ?? days.get(date.slice(5)) ?? null;

function isDay(text: string): boolean {
  const date = /^\d{2}-\d{2}$/.test(text) ? `${anyLeapYear}-${text}` : text;
  return 'value' in calendarDate('', date);
}

const levelRemedy = (usual: number | null): string =>
  ` After a colon stands what the day’s visits are multiplied by, 0 to ${highest.toLocaleString('en-US')}${
    usual === null ? '' : `; ${usual} if it is left out`
  }.`;
