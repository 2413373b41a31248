import { createHash } from 'node:crypto';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareLimit, sigmas } from '../testing/statistics.ts';
import { compileCrowd } from './crowd/crowd.ts';
import { Draws } from './draw.ts';
import { builtinMaterial } from './material/builtin.ts';
import { addressOf, overlaps } from './material/ipv4.ts';
import { cidr6Of } from './material/ipv6.ts';
import { matomoBotNetworks, reservedNetworks } from './material/shunned-networks.ts';
import type { Visitor } from './visit.ts';
import { compileVisitors } from './visitor.ts';

const material = builtinMaterial();
const visitorOf = compileVisitors(material, defaultSettings, null);
const crowd = (changes: Partial<Settings>, count = 20_000) => {
  const of = compileVisitors(material, { ...defaultSettings, ...changes }, null);
  return Array.from({ length: count }, (_, index) => of(new Draws(3, index)));
};
const visitors = Array.from({ length: 20_000 }, (_, index) => visitorOf(new Draws(1, index)));

describe('visitors', () => {
  it('have 16 hex digits, none twice in 200,000 visits', () => {
    const ids = new Set<string>();
    for (let index = 0; index < 200_000; index++) {
      const { id } = visitorOf(new Draws(2, index));
      if (!/^[0-9a-f]{16}$/.test(id)) expect.fail(`visit ${index} has the id ${id}`);
      ids.add(id);
    }
    expect(ids.size).toBe(200_000);
  });

  it('are others for another seed', () => {
    const ids = new Set(visitors.map((visitor) => visitor.id));
    for (let index = 0; index < 20_000; index++) ids.add(visitorOf(new Draws(2, index)).id);
    expect(ids.size).toBe(40_000);
  });

  it('have a device of the catalogue and one of its screens', () => {
    for (const { device, resolution } of visitors) {
      if (!material.devices.includes(device)) expect.fail('a device of nobody');
      if (!device.resolutions.includes(resolution)) expect.fail(`a screen of ${resolution}`);
    }
  });

  it('speak a language and keep the time of the place they live in', () => {
    for (const { place, language, zone } of visitors) {
      if (!material.places.includes(place)) expect.fail('a place that is nowhere');
      const tongues = place.languages.map(({ tag }) => tag);
      if (!tongues.includes(language)) expect.fail(`${language.raw} in ${place.country}`);
      const zones = place.zones.map((entry) => entry.zone);
      if (!zones.includes(zone)) expect.fail(`${zone} in ${place.country}`);
    }
  });

  it('come from the networks of their place, never from a range that Matomo drops', () => {
    const shunned = [...matomoBotNetworks, ...reservedNetworks];
    for (const { place, address } of visitors) {
      const host = { first: addressOf(address), prefix: 32 };
      if (!place.networks.some((network) => overlaps(network, host))) {
        expect.fail(`${address} is not in ${place.country}`);
      }
      if (shunned.some((network) => overlaps(network, host))) expect.fail(`${address} is dropped`);
    }
  });

  it('have devices, places, screens, languages and zones by their shares', () => {
    const evenly = <T>(items: readonly T[], weightOf: (item: T) => number, drawn: readonly T[]) => {
      const sum = items.reduce((total, item) => total + weightOf(item), 0);
      const counts = new Map(items.map((item) => [item, 0]));
      for (const item of drawn) counts.set(item, (counts.get(item) ?? 0) + 1);
      expect(counts.size).toBe(items.length);
      const shares = items.map((item) => weightOf(item) / sum);
      const found = chiSquare([...counts.values()], shares);
      expect(found).toBeLessThan(chiSquareLimit(items.length - 1));
    };
    evenly(
      material.devices,
      (device) => device.weight,
      visitors.map((v) => v.device),
    );
    evenly(
      material.places.filter((place) => place.weight > 0),
      (place) => place.weight,
      visitors.map((v) => v.place),
    );
    const ofPlace = visitors.filter((v) => v.place.country === 'us');
    const { languages, zones } = ofPlace[0]!.place;
    evenly(
      languages.map(({ tag }) => tag),
      (tag) => languages.find((entry) => entry.tag === tag)?.weight ?? 0,
      ofPlace.map((v) => v.language),
    );
    evenly(
      zones.map(({ zone }) => zone),
      (zone) => zones.find((entry) => entry.zone === zone)?.weight ?? 0,
      ofPlace.map((v) => v.zone),
    );
  });
});

describe('visitors of chosen countries', () => {
  it('come from those alone, by their weights, with what belongs to them', () => {
    const visitors = crowd({ countries: { se: 40, no: 10, vn: 50, us: 0 } });
    const counts = Map.groupBy(visitors, ({ place }) => place.country);
    expect([...counts.keys()].sort()).toEqual(['no', 'se', 'vn']);
    expect(sigmas(counts.get('se')?.length ?? 0, visitors.length, 0.4)).toBeLessThan(3);
    expect(sigmas(counts.get('vn')?.length ?? 0, visitors.length, 0.5)).toBeLessThan(3);
    for (const { place, language, zone, address } of visitors) {
      const host = { first: addressOf(address), prefix: 32 };
      if (!place.networks.some((network) => overlaps(network, host))) expect.fail(address);
      if (!place.zones.some((entry) => entry.zone === zone)) expect.fail(zone);
      if (!place.languages.some(({ tag }) => tag === language)) expect.fail(language.raw);
    }
  });

  it('may be any that there are', () => {
    for (const { country } of material.places) {
      const [visitor] = crowd({ countries: { [country]: 1 } }, 1);
      expect(visitor?.place.country).toBe(country);
    }
  });

  it('tell a city of their country that keeps their time, and nothing else of them changes', () => {
    const plain = crowd({});
    expect(plain.filter(({ city }) => city !== null)).toEqual([]);
    for (const [at, visitor] of crowd({ cities: true }).entries()) {
      const { city, place, zone } = visitor;
      if (city === null || !place.cities.includes(city)) expect.fail(`nowhere in ${place.country}`);
      if (city.zone !== zone) expect.fail(`${city.name} keeps ${zone}`);
      if (at < 500) expect({ ...visitor, city: null }).toEqual(plain[at]);
    }
  });
});

describe('IPv6', () => {
  it.each([0, 0.1, 0.5, 1])('is the family of a share of %d', (ipv6_share) => {
    const visitors = crowd({ ipv6_share });
    const found = visitors.filter(({ address }) => isIPv6(address)).length;
    expect(sigmas(found, visitors.length, ipv6_share)).toBeLessThan(3);
    expect(visitors.filter(({ address }) => isIPv4(address)).length).toBe(visitors.length - found);
  });

  it('comes from the networks of the visitor’s country, in canonical text, never twice', () => {
    const own = new Map(
      material.places.map((place) => {
        const list = new BlockList();
        for (const network of place.networks6) {
          const [first = '', prefix] = cidr6Of(network).split('/');
          list.addSubnet(first, Number(prefix), 'ipv6');
        }
        return [place, list];
      }),
    );
    const visitors = crowd({ ipv6_share: 1 });
    for (const { place, address } of visitors) {
      if (own.get(place)?.check(address, 'ipv6') !== true) expect.fail(address);
      if (new URL(`http://[${address}]/`).hostname !== `[${address}]`) expect.fail(address);
    }
    expect(new Set(visitors.map(({ address }) => address)).size).toBe(visitors.length);
  });
});

describe('visitors who return', () => {
  const settings = { ...defaultSettings, returning_visitor_share: 0.6, user_id_share: 0.4 };
  const rhythm = { visits_per_day: 500, visits_apart: 30 };
  const crowd = compileCrowd(settings, rhythm, 4);
  const of = compileVisitors(material, settings, crowd);
  const visits = Array.from({ length: 20_000 }, (_, index) => of(new Draws(4, index)));
  const people = Map.groupBy(visits, ({ id }) => id);

  it('stay who they are: one device, one language, one address, one user id', () => {
    const { came_before: _, comes_again: __, ...who } = visits[0] as Visitor;
    const names = Object.keys(who) as (keyof typeof who)[];
    for (const [first, ...later] of people.values()) {
      for (const visit of later) {
        for (const name of names) expect(visit[name], name).toBe(first?.[name]);
      }
    }
    const returning = visits.filter(({ came_before }) => came_before);
    expect(visits.length - people.size).toBe(returning.length);
    expect(returning.length).toBeGreaterThan(10_000);
  });

  it('are logged in as often as configured, under names of nobody', () => {
    const users = [...people.values()].flatMap(([first]) => first?.user_id ?? []);
    expect(sigmas(users.length, people.size, 0.4)).toBeLessThan(4);
    expect(new Set(users).size).toBe(users.length);
    for (const user of users) expect(user).toMatch(/^user-[0-9a-f]{16}$/);
  });

  it('have the id that Matomo makes of their user id', () => {
    for (const { id, user_id } of visits) {
      if (user_id === null) continue;
      expect(id).toBe(createHash('sha1').update(user_id).digest('hex').slice(0, 16));
    }
  });
});
