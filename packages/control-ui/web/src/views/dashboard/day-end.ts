/** When the day of a time zone ends (epoch ms): its next midnight, whatever the clocks do that day. */
export function dayEnd(now_ms: number, zone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const today = date.format(now_ms);
  let [before, after] = [now_ms, now_ms + longestDay_ms];
  while (after - before > 500) {
    const middle = (before + after) / 2;
    if (date.format(middle) === today) before = middle;
    else after = middle;
  }
  return Math.round(after / 1000) * 1000;
}

/** 25 hours where the clocks are set back, and an hour to spare. */
const longestDay_ms = 26 * 3_600_000;

/** The time of day in a zone: `00:00 CET`. */
export const timeIn = (at_ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at_ms);

/** The zone of the run: the site's days are those of this zone. */
export function zoneOf(settings: Readonly<Record<string, unknown>>): string {
  const { timezone } = settings;
  if (typeof timezone !== 'string') return 'UTC';
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: timezone });
    return timezone;
  } catch {
    return 'UTC';
  }
}
