import { DateTime, IANAZone } from 'luxon';

/** The only file that knows about zones: days, midnights and clocks of people and sites. */

/** Calendar day `YYYY-MM-DD` of a moment (epoch ms) in an IANA zone. */
export function dayOf(at_ms: number, zone: string): string {
  return DateTime.fromMillis(at_ms, { zone }).toISODate() as string;
}

/** Epoch ms at which the next day begins: days of 23 and 25 hours come out right. */
export function nextMidnight(at_ms: number, zone: string): number {
  const today = DateTime.fromMillis(at_ms, { zone }).startOf('day');
  // Where the clocks skip midnight, today begins at one o'clock, but tomorrow does not.
  return today.plus({ days: 1 }).startOf('day').toMillis();
}

/** `00:00 CET` for people: a moment as wall-clock time of a zone. */
export function clockTime(at_ms: number, zone: string): string {
  return `${DateTime.fromMillis(at_ms, { zone }).toFormat('yyyy-MM-dd HH:mm')} ${zone}`;
}

const quarter_ms = 15 * 60_000;
const offsets = new Map<string, { quarter: number; offset_ms: number; zone: IANAZone }>();

/**
 * A zone's offset from UTC at a moment, in ms. Offsets change on full quarters of an hour at the
 * earliest, so one look-up serves a quarter.
 */
export function utcOffset(at_ms: number, zone: string): number {
  const quarter = Math.floor(at_ms / quarter_ms);
  const known = offsets.get(zone);
  if (known !== undefined && known.quarter === quarter) return known.offset_ms;
  const iana = known?.zone ?? IANAZone.create(zone);
  const offset_ms = iana.offset(at_ms) * 60_000;
  offsets.set(zone, { quarter, offset_ms, zone: iana });
  return offset_ms;
}

/** Seconds since midnight on a zone's clock, 0 to 86399. */
export function secondOfDay(at_ms: number, zone: string): number {
  const local = Math.floor((at_ms + utcOffset(at_ms, zone)) / 1000);
  return ((local % 86_400) + 86_400) % 86_400;
}

/** Epoch ms at which a calendar day `YYYY-MM-DD` of a zone begins and ends (the end is outside). */
export function dayBounds(
  date: string,
  zone: string,
): { readonly start_ms: number; readonly end_ms: number } {
  const start = DateTime.fromISO(date, { zone }).startOf('day');
  return { start_ms: start.toMillis(), end_ms: start.plus({ days: 1 }).startOf('day').toMillis() };
}

/** Weekday of a date, 0 = Monday to 6 = Sunday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
