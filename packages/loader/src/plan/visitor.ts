import { type Draws, purpose } from './draw.ts';
import type { Material } from './material/material.ts';
import { addressIn } from './material/places.ts';
import type { Visitor } from './visit.ts';
import { Weighted } from './weighted.ts';

const hex8 = (bits: number): string => bits.toString(16).padStart(8, '0');

/** Compiles the part of a plan that says who visits. */
export function compileVisitors(material: Material): (draws: Draws) => Visitor {
  const devices = new Weighted(material.devices, (device) => device.weight);
  const places = new Weighted(
    material.places.map((place) => ({
      place,
      languages: new Weighted(place.languages, (language) => language.weight),
      zones: new Weighted(place.zones, (zone) => zone.weight),
    })),
    (entry) => entry.place.weight,
  );
  return (draws) => {
    const device = devices.at(draws.unit(purpose.device));
    const { place, languages, zones } = places.at(draws.unit(purpose.place));
    return {
      id: hex8(draws.bits(purpose.visitorHigh)) + hex8(draws.bits(purpose.visitorLow)),
      device,
      resolution: draws.pick(device.resolutions, purpose.resolution),
      place,
      language: languages.at(draws.unit(purpose.language)).tag,
      zone: zones.at(draws.unit(purpose.zone)).zone,
      address: addressIn(place, draws.unit(purpose.network), draws.unit(purpose.address)),
    };
  };
}
