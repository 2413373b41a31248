import countries from '../data/language-countries.json' with { type: 'json' };
import { ServerFault } from '../engine/refusal.ts';
import type { Location } from '../engine/visit.ts';
import type { Parameters } from './parameters.ts';

/** Parameters that always need a valid token; without one the hit is refused, not stripped. */
export const PRIVILEGED = ['cip', 'country', 'region', 'city', 'lat', 'long'] as const;

const byLanguage: Readonly<Record<string, string>> = countries;

/**
 * Where a hit says its visitor is, unchecked: upper case stays, three letters are kept.
 * @throws ServerFault for a latitude or longitude that is no number: Matomo's database refuses it.
 */
export function locationOf(parameters: Parameters): Location {
  for (const name of ['lat', 'long']) {
    if (parameters.text(name) !== '' && parameters.decimal(name) === null) {
      throw new ServerFault(`${name} is not a number, which the database cannot store.`);
    }
  }
  return {
    country: parameters.text('country').slice(0, 3),
    region: parameters.text('region'),
    city: parameters.text('city'),
    lat: parameters.text('lat'),
    long: parameters.text('long'),
  };
}

/** The country an Accept-Language suggests, `xx` when none: all that is known without GeoIP. */
export function countryOfLanguage(accepted: string): string {
  const first = accepted.split(/[,;]/, 1)[0]!.trim().toLowerCase();
  const [language, region] = first.split('-');
  if (region !== undefined && /^[a-z]{2}$/.test(region)) return region;
  return byLanguage[language ?? ''] ?? 'xx';
}
