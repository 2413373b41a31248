const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);
const zone = { timeZone: 'UTC' } as const;
const withWeekday = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const plain = new Intl.DateTimeFormat('en-GB', { ...zone, day: 'numeric', month: 'short' });
const withYear = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const monthAndYear = new Intl.DateTimeFormat('en-GB', { ...zone, month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { ...zone, month: 'short' });

/** Only one month has four letters. */
const inShort = (text: string): string => text.replace('Sept', 'Sep');

/** `Fri 23 Oct` of a site-day `2026-10-23`. */
export const dayOf = (date: string): string =>
  inShort(withWeekday.format(noon(date))).replace(',', '');
/** `23 Oct 2026` */
export const dateOf = (date: string): string => inShort(withYear.format(noon(date)));
/** `October 2026` of `2026-10-…` */
export const monthOf = (date: string): string => monthAndYear.format(noon(date));
/** `Oct` */
export const shortMonthOf = (date: string): string => inShort(short.format(noon(date)));

/** `1 Sep to 19 Nov 2026`; a year is said once where it is the same. */
export function dayRange(first: string, last: string): string {
  if (first === last) return dateOf(first);
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  return `${sameYear ? inShort(plain.format(noon(first))) : dateOf(first)} to ${dateOf(last)}`;
}
