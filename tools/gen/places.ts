/**
 * Writes `packages/loader/src/plan/data/places.json`: where visitors live. The shares, languages,
 * zones and access providers are in `material/countries.json`; the networks are large blocks that one
 * of those providers announces and that two databases agree to lie in the country. Announcing by an
 * access provider is what keeps clouds and hosting out. Run: `node tools/gen/places.ts`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { dotted, overlaps } from '../../packages/loader/src/plan/material/ipv4.ts';
import { cidr6Of, overlap6 } from '../../packages/loader/src/plan/material/ipv6.ts';
import type { Network } from '../../packages/loader/src/plan/material/material.ts';
import {
  matomoBotNetworks,
  reservedNetworks,
  reservedNetworks6,
} from '../../packages/loader/src/plan/material/shunned-networks.ts';
import countries from './material/countries.json' with { type: 'json' };
import { databases, rangesByKey } from './material/ip-data.ts';
import { intersection, networksIn, type Range } from './material/ranges.ts';

const madeOn = '2026-11-20';
const perCountry = 16;
const fewest = 12;
const largest = 12;
const smallest = 20;
const perCountry6 = 6;
const largest6 = 24;
const smallest6 = 40;
const shunned = [...matomoBotNetworks, ...reservedNetworks];

const byFirst = (a: Network, b: Network): number => a.first - b.first;
const bySize = (a: Network, b: Network): number => a.prefix - b.prefix || byFirst(a, b);

function usableIn(ranges: readonly Range[]): Network[] {
  return ranges
    .flatMap((range) => networksIn(range, largest))
    .filter((network) => network.prefix <= smallest)
    .filter((network) => !shunned.some((other) => overlaps(network, other)))
    .sort(bySize);
}

function usableIn6(ranges: readonly Range[]): Network[] {
  return ranges
    .flatMap((range) => networksIn(range, largest6, 48))
    .filter((network) => network.prefix <= smallest6)
    .filter((network) => !reservedNetworks6.some((other) => overlap6(network, other)))
    .sort(bySize);
}

/** Takes from each provider in turn, its largest network first, so that no provider is alone. */
function inTurn(providers: readonly (readonly Network[])[], most: number): Network[] {
  const chosen: Network[] = [];
  for (let round = 0; providers.some((networks) => round < networks.length); round += 1) {
    for (const networks of providers) {
      const network = networks[round];
      if (network !== undefined && chosen.length < most) chosen.push(network);
    }
  }
  return chosen.sort(byFirst);
}

const directory = mkdtempSync(pathOf(tmpdir(), 'places-'));
try {
  const codes = new Set(Object.keys(countries).map((code) => code.toUpperCase()));
  const providers = new Set(
    Object.values(countries).flatMap((entry) => entry.providers.map(String)),
  );
  const isCountry = (key: string) => codes.has(key);
  const whois = await rangesByKey(databases.whois, directory, isCountry);
  const dbip = await rangesByKey(databases.dbip, directory, isCountry);
  const asn = await rangesByKey(databases.asn, directory, (key) => providers.has(key));
  const poor: string[] = [];
  const places = Object.entries(countries).map(([country, entry]) => {
    const code = country.toUpperCase();
    const announced = (family: 'ipv4' | 'ipv6', usable: (ranges: Range[]) => Network[]) => {
      const agreed = intersection(whois[family].get(code) ?? [], dbip[family].get(code) ?? []);
      return entry.providers.map((provider) =>
        usable(intersection(agreed, asn[family].get(String(provider)) ?? [])),
      );
    };
    const lists = announced('ipv4', usableIn);
    const networks = inTurn(lists, perCountry).map(
      (each) => `${dotted(each.first)}/${each.prefix}`,
    );
    const networks6 = inTurn(announced('ipv6', usableIn6), perCountry6).map(cidr6Of);
    const found = `${country}: ${networks.length} of ${lists.map((list) => list.length)}, ${networks6.length} of IPv6`;
    process.stdout.write(`${found}\n`);
    if (networks.length < fewest || networks6.length === 0) poor.push(found);
    const { weight, languages, zones } = entry;
    return { country, weight, languages, zones, networks, networks6 };
  });
  if (poor.length > 0) throw new Error(`too few networks, add providers: ${poor.join('; ')}`);
  const head = {
    made_on: madeOn,
    made_by: 'tools/gen/places.ts',
    sources: Object.values(databases).map(({ name, version }) => `npm package ${name} ${version}`),
    attribution:
      'Registry data: Number Resource Organization, https://www.nro.net/ (CC BY 4.0). Announcements: RouteViews, https://www.routeviews.org/routeviews/ (CC BY 4.0). IP geolocation by DB-IP, https://db-ip.com/ (CC BY 4.0). Selected and joined.',
  };
  const lines = places.map((place) => `    ${JSON.stringify(place)}`);
  writeFileSync(
    new URL('../../packages/loader/src/plan/data/places.json', import.meta.url),
    `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "places": [\n${lines.join(',\n')}\n  ]\n}\n`,
  );
} finally {
  rmSync(directory, { recursive: true });
}
