import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';

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
const day_ms = 86_400_000;

/** What is known of a zone: offsets in ms by UTC day since 1970, and by quarter of an hour where a day has two. */
interface Offsets {
  readonly zone: Zone;
  readonly byDay: Map<number, number | null>;
  readonly byQuarter: Map<number, number>;
}

const known = new Map<string, Offsets>();

/**
 * A zone's offset from UTC at a moment, in ms. No zone changes its offset twice within a day, so a UTC day
 * that begins and ends with the same offset has it all the while: two look-ups serve a day. On the days of
 * a change one serves a quarter of an hour, since offsets change on full quarters at the earliest.
 */
export function utcOffset(at_ms: number, zone: string): number {
  const day = Math.floor(at_ms / day_ms);
  const offsets = known.get(zone) ?? newOffsets(zone);
  let offset_ms = offsets.byDay.get(day);
  if (offset_ms === undefined) {
    const [first, next] = [day, day + 1].map((n) => lookedUp(offsets.zone, n * day_ms));
    offset_ms = first === next ? (first as number) : null;
    offsets.byDay.set(day, offset_ms);
  }
  return offset_ms ?? offsetOfQuarter(offsets, Math.floor(at_ms / quarter_ms));
}

function offsetOfQuarter({ zone, byQuarter }: Offsets, quarter: number): number {
  let offset_ms = byQuarter.get(quarter);
  if (offset_ms === undefined) {
    offset_ms = lookedUp(zone, quarter * quarter_ms);
    byQuarter.set(quarter, offset_ms);
  }
  return offset_ms;
}

function newOffsets(name: string): Offsets {
  // Besides IANA names a site may have a fixed offset, e.g. `UTC+5:30`.
  const zone = FixedOffsetZone.parseSpecifier(name) ?? IANAZone.create(name);
  const offsets = { zone, byDay: new Map(), byQuarter: new Map() };
  known.set(name, offsets);
  return offsets;
}

const lookedUp = (zone: Zone, at_ms: number): number => zone.offset(at_ms) * 60_000;

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
