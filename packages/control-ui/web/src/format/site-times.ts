import { momentOf, spanOf, timeOf } from './times.ts';

const inZone = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });

const clocks = new Map<string, readonly [Intl.DateTimeFormat, Intl.DateTimeFormat]>();

/** Clock and calendar of a zone; the browser may not know the zone of an old run: then it is UTC. */
function clockOf(zone: string): readonly [Intl.DateTimeFormat, Intl.DateTimeFormat] {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  let made: readonly [Intl.DateTimeFormat, Intl.DateTimeFormat];
  try {
    made = [inZone(zone, { ...time, timeZoneName: 'short' }), inZone(zone, { ...time, ...date })];
  } catch {
    made = clockOf('UTC');
  }
  clocks.set(zone, made);
  return made;
}

/** How far a zone's clock is ahead of UTC at a moment. Minutes; negative: behind. */
export function aheadOfUtc(zone: string, at_ms: number): number {
  const [, calendar] = clockOf(zone);
  const part = Object.fromEntries(
    calendar.formatToParts(at_ms).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const wall_ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wall_ms - Math.floor(at_ms / 1000) * 1000) / 60_000);
}

const viewerAhead = (at_ms: number): number => -new Date(at_ms).getTimezoneOffset();

/** Whether the site's clock and the viewer's show the same at a moment. */
export const sameClock = (zone: string, at_ms: number): boolean =>
  aheadOfUtc(zone, at_ms) === viewerAhead(at_ms);

/** `10:40:12 GMT-5`: the clock of a zone. */
export const timeIn = (zone: string, at: string | number): string =>
  clockOf(zone)[0].format(new Date(at));

const beside = (text: string, zone: string, at: string | number): string =>
  sameClock(zone, new Date(at).getTime()) ? text : `${text} (${timeIn(zone, at)} at the site)`;

/** `16:40:12 CET (10:40:12 GMT-5 at the site)`; the site's clock only where it shows something else. */
export const timeThere = (at: string | number, zone: string): string =>
  beside(timeOf(at), zone, at);

/** The same with the day, where it is not today. */
export const momentThere = (at: string | number, zone: string, now_ms?: number): string =>
  beside(momentOf(at, now_ms), zone, at);

/** `The site’s clock shows 10:40:12 GMT-5, 6 h behind.` */
export function siteClockSentence(zone: string, now_ms: number): string {
  const minutes = aheadOfUtc(zone, now_ms) - viewerAhead(now_ms);
  if (minutes === 0) return 'The site’s clock shows the same.';
  const by = `${spanOf(Math.abs(minutes) * 60).replace(/ 0 (min|s)$/, '')} ${minutes > 0 ? 'ahead' : 'behind'}`;
  return `The site’s clock shows ${timeIn(zone, now_ms)}, ${by}.`;
}
