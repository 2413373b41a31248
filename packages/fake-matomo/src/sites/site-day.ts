import { DateTime } from 'luxon';

interface KnownDay {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly day: string;
}

const DAY_MS = 86_400_000;
const knownDays = new Map<string, Map<number, KnownDay[]>>();

/**
 * The calendar day (`yyyy-mm-dd`) of a moment in a timezone. The days of a report and the midnight
 * that splits a visit are the site's. Days are remembered by the UTC day they touch, because a
 * calendar look-up for every hit would dominate the work.
 */
export function siteDay(time_ms: number, timezone: string): string {
  let ofZone = knownDays.get(timezone);
  if (ofZone === undefined) {
    ofZone = new Map();
    knownDays.set(timezone, ofZone);
  }
  const utcDay = Math.floor(time_ms / DAY_MS);
  const candidates = ofZone.get(utcDay) ?? [];
  const known = candidates.find((day) => time_ms >= day.from_ms && time_ms < day.to_ms);
  if (known !== undefined) return known.day;
  const start = DateTime.fromMillis(time_ms, { zone: timezone }).startOf('day');
  const found: KnownDay = {
    from_ms: start.toMillis(),
    to_ms: start.plus({ days: 1 }).startOf('day').toMillis(),
    day: start.toISODate() ?? '',
  };
  ofZone.set(utcDay, [...candidates, found]);
  return found.day;
}
