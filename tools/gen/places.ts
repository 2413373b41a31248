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
import type { Network } from '../../packages/loader/src/plan/material/material.ts';
import {
  matomoBotNetworks,
  reservedNetworks,
} from '../../packages/loader/src/plan/material/shunned-networks.ts';
import countries from './material/countries.json' with { type: 'json' };
import { databases, rangesByKey } from './material/ip-data.ts';
import { intersection, networksIn, type Range } from './material/ranges.ts';

const madeOn = '2026-11-20';
const perCountry = 16;
const largest = 12;
const smallest = 20;
const shunned = [...matomoBotNetworks, ...reservedNetworks];

function usableIn(ranges: readonly Range[]): Network[] {
  return ranges
    .flatMap((range) => networksIn(range, largest))
    .filter((network) => network.prefix <= smallest)
    .filter((network) => !shunned.some((other) => overlaps(network, other)))
    .sort((a, b) => a.prefix - b.prefix || a.first - b.first);
}

/** Takes from each provider in turn, its largest network first, so that no provider is alone. */
function inTurn(providers: readonly (readonly Network[])[]): Network[] {
  const chosen: Network[] = [];
  for (let round = 0; providers.some((networks) => round < networks.length); round += 1) {
    for (const networks of providers) {
      const network = networks[round];
      if (network !== undefined && chosen.length < perCountry) chosen.push(network);
    }
  }
  return chosen.sort((a, b) => a.first - b.first);
}

const directory = mkdtempSync(pathOf(tmpdir(), 'places-'));
try {
  const codes = new Set(Object.keys(countries).map((code) => code.toUpperCase()));
  const providers = new Set(
    Object.values(countries).flatMap((entry) => entry.providers.map(String)),
  );
  const whois = rangesByKey(databases.whois, directory, (key) => codes.has(key));
  const dbip = rangesByKey(databases.dbip, directory, (key) => codes.has(key));
  const asn = rangesByKey(databases.asn, directory, (key) => providers.has(key));
  const places = Object.entries(countries).map(([country, entry]) => {
    const code = country.toUpperCase();
    const agreed = intersection(whois.get(code) ?? [], dbip.get(code) ?? []);
    const lists = entry.providers.map((provider) =>
      usableIn(intersection(agreed, asn.get(String(provider)) ?? [])),
    );
    const networks = inTurn(lists).map(({ first, prefix }) => `${dotted(first)}/${prefix}`);
    process.stdout.write(`${country}: ${networks.length} of ${lists.map((list) => list.length)}\n`);
    if (networks.length < 12) throw new Error(`${country} has too few networks: add providers`);
    return {
      country,
      weight: entry.weight,
      languages: entry.languages,
      zones: entry.zones,
      networks,
    };
  });
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
