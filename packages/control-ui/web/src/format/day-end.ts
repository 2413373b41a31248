/** When the day of a time zone ends (epoch ms): its next midnight, whatever the clocks do that day. */
export function dayEnd(now_ms: number, zone: string): number {
  const date = dateIn(zone);
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

/** A browser may not know the zone of the site: then it is UTC. */
function dateIn(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' });
  }
}
