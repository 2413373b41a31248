import { defaultZone } from '@trafficinator/contract/site-zone';
import { status } from '../api/live.ts';
import { now_ms } from '../app/clock.ts';
import { siteClockSentence } from '../format/site-times.ts';
import { zoneName } from '../format/times.ts';

/** The zone that these settings take the site to be in. */
export const zoneOf = (settings: Readonly<Record<string, unknown>> | undefined): string =>
  typeof settings?.timezone === 'string' ? settings.timezone : defaultZone;

/** The zone of the site, by the settings in force. */
export const siteZone = (): string => zoneOf(status.value?.settings);

/** Which zone the times of a list are in, and what the site's clock shows. */
export function ZoneNote() {
  return (
    <span>
      Times in {zoneName()}, the zone of this browser. {siteClockSentence(siteZone(), now_ms.value)}
    </span>
  );
}
