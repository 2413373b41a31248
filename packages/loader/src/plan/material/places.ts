import data from '../data/places.json' with { type: 'json' };
import { citiesOf } from './cities.ts';
import { dotted, networkOf, sizeOf } from './ipv4.ts';
import { groupsOf48, ipv6Text, networkOf6, sizeOf6 } from './ipv6.ts';
import { encoded, type Place } from './material.ts';

const hostsPerBlock = 254;

/**
 * Where visitors live: country shares that sum to 1, with languages, time zones, cities and networks
 * of access providers of that country. None of the networks is in the ranges that Matomo drops as bots.
 */
export function placeList(): Place[] {
  return data.places.map((place) => ({
    country: place.country,
    weight: place.weight,
    languages: Object.entries(place.languages).map(([tag, weight]) => ({
      tag: encoded(tag),
      weight,
    })),
    zones: Object.entries(place.zones).map(([zone, weight]) => ({ zone, weight })),
    networks: place.networks.map(networkOf),
    networks6: place.networks6.map(networkOf6),
    cities: citiesOf(place.country, Object.keys(place.zones)),
  }));
}

/**
 * Compiles the drawing of host addresses of a place in dotted notation: networks weighted by size, every
 * /24 and every last octet from 1 to 254 equally likely. `a` and `b` are uniform draws in [0, 1): the first
 * picks the network, the second the host in it.
 */
export function compileAddresses(place: Place): (a: number, b: number) => string {
  const networks = place.networks.map((network) => ({
    first: network.first,
    size: sizeOf(network),
  }));
  const total = networks.reduce((sum, { size }) => sum + size, 0);
  return (a, b) => {
    let rest = a * total;
    let chosen = networks[0];
    for (const network of networks) {
      chosen = network;
      rest -= network.size;
      if (rest < 0) break;
    }
    if (chosen === undefined) throw new RangeError(`place "${place.country}" has no network`);
    const host = Math.floor(b * (chosen.size / 256) * hostsPerBlock);
    const block = Math.floor(host / hostsPerBlock);
    return dotted(chosen.first + block * 256 + 1 + (host % hostsPerBlock));
  };
}

/**
 * An IPv6 address of a place in canonical text (RFC 5952). `a`, `b` and `c` are uniform draws in [0, 1):
 * network, /48 in it, /64 in that; `interfaceId` two draws of 32 bits, as privacy extensions choose it
 * (RFC 8981).
 */
export function addressIn6(
  place: Place,
  [a, b, c]: readonly [number, number, number],
  interfaceId: readonly [number, number],
): string {
  const network = place.networks6[Math.floor(a * place.networks6.length)];
  if (network === undefined) throw new RangeError(`place "${place.country}" has no IPv6 network`);
  const upper = network.first + Math.floor(b * sizeOf6(network));
  const [high, low] = interfaceId;
  return ipv6Text([
    ...groupsOf48(upper),
    Math.floor(c * 0x1_0000),
    high >>> 16,
    high & 0xffff,
    low >>> 16,
    // Never the all-zero identifier, which every router answers to (RFC 4291).
    (low & 0xffff) | 1,
  ]);
}
