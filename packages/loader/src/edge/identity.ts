import { createHash, randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  maskedSettings,
  type SettingName,
  type Settings,
  type Target,
  targetsOf,
} from '@trafficinator/contract';
import type { Material } from '../plan/material/material.ts';

/** A new run's id: when it began and four random characters; unique enough for order ids. */
export function newRunId(now_ms: number): string {
  const random = randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `live-${now_ms.toString(36)}${random}`;
}

/** A seed that was not asked for. */
export const newSeed = (): number => randomInt(2 ** 31);

/** What stands before a run's order numbers: Matomo takes each order id once per site, for ever. */
export const orderPrefixOf = (runId: string): string =>
  `${runId.slice(runId.indexOf('-') + 1).toUpperCase()}-`;

const ofProcess: readonly SettingName[] = [
  'log_level',
  'status_host',
  'status_port',
  'state_dir',
  'matomo_token_auth',
];

/**
 * Digest of the settings that make a run what it is; of targets all but their tokens. `behaviour`: the
 * digest of journeys and plugins of the user's own, if there are any.
 */
export function settingsDigest(settings: Settings, behaviour: string | null = null): string {
  const masked = { ...maskedSettings(settings), targets: withoutTokens(settings) };
  const kept = Object.entries(masked).filter(([name]) => !ofProcess.includes(name as SettingName));
  const text = JSON.stringify(behaviour === null ? kept : [...kept, ['behaviour', behaviour]]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function withoutTokens(settings: Settings): object | null {
  if (settings.targets === null) return null;
  const { strategy, targets } = targetsOf(settings).list;
  return { strategy, targets: targets.map((target) => ({ ...target, token_auth: null })) };
}

/** What a state file belongs to: the sites that are sent to. Two of them never share caps or counters. */
export const placeOf = (targets: readonly Pick<Target, 'url' | 'site_id'>[]): string =>
  targets
    .map(({ url, site_id }) => `${url} ${site_id}`)
    .sort()
    .join('\n');

/** A file in the state directory that belongs to a place. */
export function stateFile(
  kind: string,
  extension: string,
  place: string,
  state_dir: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const key = createHash('sha256').update(place).digest('hex').slice(0, 12);
  const home = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state_dir ?? join(home, 'trafficinator'), `${kind}-${key}.${extension}`);
}

/** What stands before the order numbers of a backfill: the same for the same visits, and for no others. */
export function backfillOrderPrefix(identity: object): string {
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest();
  return `B${digest.readUIntBE(0, 6).toString(36).toUpperCase()}-`;
}

/** Digest of what visits are made of: the pages with their weights, and the funnels and events if there are any. */
export function materialDigest({ pages, page_weights, funnels, own_events }: Material): string {
  const hash = createHash('sha256');
  for (const page of pages) hash.update(`${page.url.raw}\n`);
  if (page_weights !== null) hash.update(`weights ${JSON.stringify(page_weights)}\n`);
  if (funnels.length > 0) hash.update(`funnels ${JSON.stringify(funnels)}\n`);
  if (own_events !== null) hash.update(`events ${JSON.stringify(own_events)}\n`);
  return hash.digest('hex').slice(0, 16);
}
