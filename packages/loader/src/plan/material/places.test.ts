import { countryCodes } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotted, overlaps, sizeOf } from './ipv4.ts';
import { cidr6Of, overlap6 } from './ipv6.ts';
import type { Network } from './material.ts';
import { compileAddresses, placeList } from './places.ts';
import {
  matomoBotNetworks,
  publicNetwork6,
  reservedNetworks,
  reservedNetworks6,
} from './shunned-networks.ts';

const places = placeList();
const nameOf = (network: Network) => `${dotted(network.first)}/${network.prefix}`;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function numberOf(address: string): number {
  return address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

describe('places', () => {
  it('are the known countries, their shares summing to 1', () => {
    expect(places.map((place) => place.country)).toEqual(countryCodes);
    expect(countryCodes.length).toBeGreaterThanOrEqual(40);
    const usual = places.filter((place) => place.weight > 0).map((place) => place.country);
    expect(usual.join(' ')).toBe('us de gb ca fr au nl jp se br es it pl no dk fi in mx');
    expect(sum(places.map((place) => place.weight))).toBeCloseTo(1, 12);
    expect(sum(places.slice(10).map((place) => place.weight))).toBeCloseTo(0.15, 12);
    expect(places[0]?.weight).toBe(0.35);
  });

  it('have a dozen or more networks from /12 to /20 each', () => {
    for (const place of places) {
      expect(place.networks.length, place.country).toBeGreaterThanOrEqual(12);
      expect(place.networks.length, place.country).toBeLessThanOrEqual(20);
      for (const network of place.networks) {
        expect(network.prefix, nameOf(network)).toBeGreaterThanOrEqual(12);
        expect(network.prefix, nameOf(network)).toBeLessThanOrEqual(20);
      }
    }
  });

  it('keep out of the ranges Matomo drops and out of reserved space', () => {
    const shunned = [...matomoBotNetworks, ...reservedNetworks];
    const bad = places
      .flatMap((place) => place.networks)
      .filter((network) => shunned.some((other) => overlaps(network, other)));
    expect(bad.map(nameOf)).toEqual([]);
  });

  it('share no address with each other', () => {
    const all = places.flatMap((place) => place.networks);
    const sorted = all.toSorted((a, b) => a.first - b.first);
    const bad = sorted.filter((network, at) => {
      const next = sorted[at + 1];
      return next !== undefined && overlaps(network, next);
    });
    expect(bad.map(nameOf)).toEqual([]);
  });

  it('have IPv6 networks that are public, of nobody else and of no reserved space', () => {
    const all = places.flatMap((place) => place.networks6);
    for (const place of places) expect(place.networks6.length, place.country).toBeGreaterThan(0);
    const bad = all.filter(
      (network) =>
        !overlap6(network, publicNetwork6) ||
        reservedNetworks6.some((other) => overlap6(network, other)) ||
        all.some((other) => other !== network && overlap6(network, other)),
    );
    expect(bad.map(cidr6Of)).toEqual([]);
  });

  it('name time zones that exist and languages a browser could send', () => {
    for (const { country, zones, languages } of places) {
      for (const { zone, weight } of zones) {
        expect(
          new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone,
        ).toBeTruthy();
        expect(weight).toBeGreaterThan(0);
      }
      for (const { tag, weight } of languages) {
        const tags = tag.raw.split(',').map((part) => part.replace(/;q=0\.\d$/, ''));
        expect(Intl.getCanonicalLocales(tags), country).toEqual(tags);
        expect(weight).toBeGreaterThan(0);
      }
    }
  });
});

describe('compileAddresses', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('gives a host inside one of the networks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), draw, draw, (place, a, b) => {
        const address = numberOf(compileAddresses(place)(a, b));
        const inside = place.networks.some((network) =>
          overlaps(network, { first: address, prefix: 32 }),
        );
        expect(inside).toBe(true);
        expect(address % 256).toBeGreaterThanOrEqual(1);
        expect(address % 256).toBeLessThanOrEqual(254);
      }),
    );
  });

  it('reaches the first and the last host, and the networks by their size', () => {
    const place = {
      ...places[0]!,
      networks: [
        { first: numberOf('80.0.0.0'), prefix: 20 },
        { first: numberOf('90.0.0.0'), prefix: 18 },
      ],
    };
    const most = 1 - Number.EPSILON;
    expect(compileAddresses(place)(0, 0)).toBe('80.0.0.1');
    expect(compileAddresses(place)(0.199, most)).toBe('80.0.15.254');
    expect(compileAddresses(place)(0.201, 0)).toBe('90.0.0.1');
    expect(compileAddresses(place)(most, most)).toBe('90.0.63.254');
    expect(place.networks.map(sizeOf)).toEqual([4096, 16384]);
  });

  it('says which place has no network', () => {
    expect(() => compileAddresses({ ...places[0]!, networks: [] })(0, 0)).toThrow(/place "us"/);
  });
});
