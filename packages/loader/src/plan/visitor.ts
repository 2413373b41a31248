import { hash } from 'node:crypto';
import type { Settings } from '@trafficinator/contract';
import type { Crowd, Kin } from './crowd/crowd.ts';
import { Draws, purpose } from './draw.ts';
import { hex16 } from './hex.ts';
import type { City, Device, Encoded, Material, Place } from './material/material.ts';
import { addressIn6, compileAddresses } from './material/places.ts';
import type { Visitor } from './visit.ts';
import { Weighted } from './weighted.ts';

export type VisitorSettings = Pick<
  Settings,
  'countries' | 'ipv6_share' | 'cities' | 'user_id_share'
>;

/**
 * Compiles the part of a plan that says who makes the visit of some draws: a visitor of the crowd, or
 * somebody who comes just once (null). All that is drawn of visitors of a crowd is drawn for their first
 * visit, so that they stay who they are.
 */
export function compileVisitors(
  material: Material,
  settings: VisitorSettings,
  crowd: Crowd | null,
): (draws: Draws) => Visitor {
  const visitorOf = compileWho(material, settings);
  if (crowd === null) return (draws) => visitorOf(draws, false);
  return ({ visit }) => {
    const kin = crowd.kinOf(visit);
    return new Member(visitorOf(new Draws(crowd.seed, kin.root), kin.generation > 0), kin);
  };
}

/**
 * A visitor of a crowd. Whether one comes again is found out when it is asked for, by a getter of the class:
 * to give each visitor one of its own would take half a microsecond, and slow down the plans in which nobody
 * returns.
 */
class Member implements Visitor {
  readonly id: string;
  readonly user_id: string | null;
  readonly came_before: boolean;
  readonly device: Device;
  readonly resolution: string;
  readonly place: Place;
  readonly language: Encoded;
  readonly zone: string;
  readonly city: City | null;
  readonly address: string;
  readonly #kin: Kin;

  constructor(who: Visitor, kin: Kin) {
    this.id = who.id;
    this.user_id = who.user_id;
    this.came_before = who.came_before;
    this.device = who.device;
    this.resolution = who.resolution;
    this.place = who.place;
    this.language = who.language;
    this.zone = who.zone;
    this.city = who.city;
    this.address = who.address;
    this.#kin = kin;
  }

  get comes_again(): boolean {
    return this.#kin.comesAgain();
  }
}

function compileWho(
  material: Material,
  settings: VisitorSettings,
): (draws: Draws, came_before: boolean) => Visitor {
  const devices = new Weighted(material.devices, (device) => device.weight);
  const places = new Weighted(
    material.places.map((place) => ({
      place,
      languages: new Weighted(place.languages, (language) => language.weight),
      zones: new Weighted(
        place.zones.map(({ zone, weight }) => ({
          zone,
          weight,
          cities: settings.cities ? citiesIn(place, zone) : null,
        })),
        ({ weight }) => weight,
      ),
      addressIn: compileAddresses(place),
    })),
    ({ place }) =>
      settings.countries === null ? place.weight : (settings.countries[place.country] ?? 0),
  );
  return (draws, came_before) => {
    const user_id = draws.chance(settings.user_id_share, purpose.hasUserId) ? userId(draws) : null;
    const device = devices.at(draws.unit(purpose.device));
    const { place, languages, zones, addressIn } = places.at(draws.unit(purpose.place));
    const { zone, cities } = zones.at(draws.unit(purpose.zone));
    return {
      id: user_id === null ? deviceId(draws) : idOfUser(user_id),
      user_id,
      came_before,
      comes_again: false,
      device,
      resolution: draws.pick(device.resolutions, purpose.resolution),
      place,
      language: languages.at(draws.unit(purpose.language)).tag,
      zone,
      city: cities === null ? null : cities.at(draws.unit(purpose.city)),
      address: draws.chance(settings.ipv6_share, purpose.addressFamily)
        ? address6(place, draws)
        : addressIn(draws.unit(purpose.network), draws.unit(purpose.address)),
    };
  };
}

const deviceId = (draws: Draws): string =>
  hex16(draws.bits(purpose.visitorHigh), draws.bits(purpose.visitorLow));

const userId = (draws: Draws): string =>
  `user-${hex16(draws.bits(purpose.userId, 0), draws.bits(purpose.userId, 1))}`;

/** The id that Matomo gives a user, whatever `cid` says: logs and reports show the visitor by it. */
const idOfUser = (user_id: string): string => hash('sha1', user_id).slice(0, 16);

function address6(place: Place, draws: Draws): string {
  return addressIn6(
    place,
    [draws.unit(purpose.network), draws.unit(purpose.address), draws.unit(purpose.interfaceId, 2)],
    [draws.bits(purpose.interfaceId, 0), draws.bits(purpose.interfaceId, 1)],
  );
}

/** Whoever keeps the time of a zone lives in one of its cities; null where it has none. */
function citiesIn(place: Place, zone: string): Weighted<City> | null {
  const cities = place.cities.filter((city) => city.zone === zone);
  return cities.length === 0 ? null : new Weighted(cities, ({ weight }) => weight);
}
