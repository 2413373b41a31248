/**
 * Fetches pinned address databases from npm into a temporary directory. They are tens of megabytes
 * and needed only when the places are made anew, so they are no dependencies of the project.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { joined, type Range } from './ranges.ts';

export const databases = {
  /** Country of each range by the registries' Whois and the operators' geofeeds. */
  whois: {
    name: '@ip-location-db/geo-whois-asn-country',
    version: '2.3.2026061719',
    file: 'geo-whois-asn-country-ipv4-num.csv',
  },
  /** Country of each range as the database sees it that Matomo offers to download by itself. */
  dbip: {
    name: '@ip-location-db/dbip-country',
    version: '2.3.2026060120',
    file: 'dbip-country-ipv4-num.csv',
  },
  /** Autonomous system that announces each range. */
  asn: { name: '@ip-location-db/asn', version: '2.3.2026061719', file: 'asn-ipv4-num.csv' },
} as const;

/**
 * The ranges of a database by its third column (country code or AS number), only those keys that
 * `wanted` accepts. Throws if npm or tar fails.
 */
export function rangesByKey(
  database: { name: string; version: string; file: string },
  directory: string,
  wanted: (key: string) => boolean,
): Map<string, Range[]> {
  const pack = [
    'pack',
    `${database.name}@${database.version}`,
    '--silent',
    '--pack-destination',
    directory,
  ];
  const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
  execFileSync('tar', [
    '-xzf',
    pathOf(directory, archive),
    '-C',
    directory,
    `package/${database.file}`,
  ]);
  const found = new Map<string, Range[]>();
  for (const line of readFileSync(pathOf(directory, 'package', database.file), 'utf8').split(
    '\n',
  )) {
    const [first, last, key = ''] = line.split(',', 3);
    if (!wanted(key)) continue;
    const ranges = found.get(key) ?? [];
    ranges.push({ first: Number(first), last: Number(last) });
    found.set(key, ranges);
  }
  return new Map([...found].map(([key, ranges]) => [key, joined(ranges)]));
}
