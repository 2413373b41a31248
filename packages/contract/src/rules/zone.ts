import { nearest } from '../nearest.ts';
import { finding, type Rule } from './rule.ts';

/** The zone is one that the runtime knows (IANA names and their links, CET among them). */
export const zoneKnown: Rule = {
  reads: ['timezone'],
  check: (settings, given) => {
    if (isZone(settings.timezone)) return [];
    return [
      finding(given, ['timezone'], 'zone_unknown', {
        message: 'TIMEZONE is not a known time zone.',
        remedy: zoneRemedy(settings.timezone),
      }),
    ];
  },
};

/** Offsets like +01:00 are no zones here: they know no summer time, and Matomo's sites have zones. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function zoneRemedy(zone: string): string {
  const known = ['UTC', 'CET', ...Intl.supportedValuesOf('timeZone')];
  const city = zone.split('/').at(-1)!;
  const near =
    nearest(zone, known, 'strict') ??
    known.find(
      (z) => z.split('/').at(-1)!.toLowerCase() === city.toLowerCase().replaceAll(' ', '_'),
    );
  return near
    ? `Did you mean ${near}?`
    : 'Write an IANA zone, for example Europe/Stockholm, CET or UTC.';
}
