import { dayOf } from '../pace/calendar.ts';

/**
 * A site's timezone as this program names it: besides IANA names Matomo has fixed offsets in hours
 * (`UTC+5.5`), which elsewhere are written with minutes (`UTC+5:30`). null: a zone that is unknown here.
 */
export function siteZone(name: string): string | null {
  const [, sign, hours, part] = /^UTC([+-])(\d{1,2})(\.\d+)?$/.exec(name) ?? [];
  const minutes = String(Math.round(Number(part ?? 0) * 60)).padStart(2, '0');
  const zone = hours === undefined ? name : `UTC${sign}${hours}:${minutes}`;
  return isKnown(zone) ? zone : null;
}

/** An unknown zone has no days. */
const isKnown = (zone: string): boolean => /^\d{4}-/.test(dayOf(0, zone) ?? '');
