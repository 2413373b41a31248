import type { Settings } from '@trafficinator/contract';
import { type Draws, purpose } from './draw.ts';
import type { City, Material, Place } from './material/material.ts';
import { addressIn, addressIn6 } from './material/places.ts';
import type { Visitor } from './visit.ts';
import { Weighted } from './weighted.ts';

const hex8 = (bits: number): string => bits.toString(16).padStart(8, '0');

export type VisitorSettings = Pick<Settings, 'countries' | 'ipv6_share' | 'cities'>;

/** Compiles the part of a plan that says who visits. */
export function compileVisitors(
  material: Material,
  settings: VisitorSettings,
): (draws: Draws) => Visitor {
  const devices = new Weighted(material.devices, (device) => device.weight);
  const places = new Weighted(
    material.places.map((place) => ({
      place,
      languages: new Weighted(place.languages, (language) => language.weight),
      zones: new Weighted(place.zones, (zone) => zone.weight),
      cityIn: settings.cities ? compileCities(place) : () => null,
    })),
    ({ place }) =>
      settings.countries === null ? place.weight : (settings.countries[place.country] ?? 0),
  );
  return (draws) => {
    const device = devices.at(draws.unit(purpose.device));
    const { place, languages, zones, cityIn } = places.at(draws.unit(purpose.place));
    const { zone } = zones.at(draws.unit(purpose.zone));
    return {
      id: hex8(draws.bits(purpose.visitorHigh)) + hex8(draws.bits(purpose.visitorLow)),
      device,
      resolution: draws.pick(device.resolutions, purpose.resolution),
      place,
      language: languages.at(draws.unit(purpose.language)).tag,
      zone,
      city: cityIn(zone, draws),
      address: draws.chance(settings.ipv6_share, purpose.addressFamily)
        ? address6(place, draws)
        : addressIn(place, draws.unit(purpose.network), draws.unit(purpose.address)),
    };
  };
}

function address6(place: Place, draws: Draws): string {
  return addressIn6(
    place,
    [draws.unit(purpose.network), draws.unit(purpose.address), draws.unit(purpose.interfaceId, 2)],
    [draws.bits(purpose.interfaceId, 0), draws.bits(purpose.interfaceId, 1)],
  );
}

/** Cities by zone: whoever keeps the time of a zone lives in one of its cities. */
function compileCities(place: Place): (zone: string, draws: Draws) => City | null {
  const byZone = new Map(
    [...Map.groupBy(place.cities, (city) => city.zone)].map(
      ([zone, cities]) => [zone, new Weighted(cities, (city) => city.weight)] as const,
    ),
  );
  return (zone, draws) => byZone.get(zone)?.at(draws.unit(purpose.city)) ?? null;
}
