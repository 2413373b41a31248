import data from '../data/cities.json' with { type: 'json' };
import type { City } from './material.ts';

type Cell = string | number | null | undefined;

const byCountry: Readonly<Record<string, readonly (readonly Cell[])[]>> = data.cities;

/**
 * Cities of a country. A row without a zone is in the country's only one. Matomo turns ISO 3166-2
 * region codes into names; countries without such codes have none.
 */
export function citiesOf(country: string, zones: readonly string[]): City[] {
  const rows = byCountry[country] ?? [];
  return rows.map(([name, region, latitude, longitude, weight, zone]) => {
    const regionPart = region === null ? '' : `&region=${encodeURIComponent(String(region))}`;
    return {
      name: String(name),
      region: region === null ? null : String(region),
      latitude: Number(latitude),
      longitude: Number(longitude),
      weight: Number(weight),
      zone: String(zone ?? zones[0]),
      query: `${regionPart}&city=${encodeURIComponent(String(name))}&lat=${latitude}&long=${longitude}`,
    };
  });
}
