/**
 * Fetches pinned address databases from npm into a temporary directory. They are tens of megabytes
 * and needed only when the places are made anew, so they are no dependencies of the project.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join as pathOf } from 'node:path';
import { createInterface } from 'node:readline';
import { joined, type Range } from './ranges.ts';

export const databases = {
  /** Country of each range by the registries' Whois and the operators' geofeeds. */
  whois: {
    name: '@ip-location-db/geo-whois-asn-country',
    version: '2.3.2026061719',
    file: 'geo-whois-asn-country',
  },
  /** Country of each range as the database sees it that Matomo offers to download by itself. */
  dbip: {
    name: '@ip-location-db/dbip-country',
    version: '2.3.2026060120',
    file: 'dbip-country',
  },
  /** Autonomous system that announces each range. */
  asn: { name: '@ip-location-db/asn', version: '2.3.2026061719', file: 'asn' },
} as const;

/** Ranges of IPv4 in addresses; of IPv6 in /48s, so that both are numbers without loss. */
export interface RangesByKey {
  readonly ipv4: Map<string, Range[]>;
  readonly ipv6: Map<string, Range[]>;
}

/**
 * The ranges of a database by its third column (country code or AS number), only those keys that
 * `wanted` accepts. Throws if npm or tar fails.
 */
export async function rangesByKey(
  database: { name: string; version: string; file: string },
  directory: string,
  wanted: (key: string) => boolean,
): Promise<RangesByKey> {
  const spec = `${database.name}@${database.version}`;
  const pack = ['pack', spec, '--silent', '--pack-destination', directory];
  const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', pathOf(directory, archive), '-C', directory]);
  const file = (family: string) =>
    pathOf(directory, 'package', `${database.file}-${family}-num.csv`);
  return {
    ipv4: await rangesIn(file('ipv4'), wanted, Number, Number),
    ipv6: await rangesIn(file('ipv6'), wanted, firstWhole48, lastWhole48),
  };
}

const hosts48 = 1n << 80n;
const firstWhole48 = (text: string): number => Number((BigInt(text) + hosts48 - 1n) / hosts48);
const lastWhole48 = (text: string): number => Number((BigInt(text) + 1n) / hosts48 - 1n);

async function rangesIn(
  path: string,
  wanted: (key: string) => boolean,
  firstOf: (text: string) => number,
  lastOf: (text: string) => number,
): Promise<Map<string, Range[]>> {
  const found = new Map<string, Range[]>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [from = '', to = '', key = ''] = line.split(',', 3);
    if (!wanted(key)) continue;
    const range = { first: firstOf(from), last: lastOf(to) };
    if (range.first > range.last) continue;
    const ranges = found.get(key) ?? [];
    ranges.push(range);
    found.set(key, ranges);
  }
  return new Map([...found].map(([key, ranges]) => [key, joined(ranges)]));
}
