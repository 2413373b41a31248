import { recordHit } from '../engine/record.ts';
import { HitRefused, ServerFault } from '../engine/refusal.ts';
import type { Store } from '../engine/store.ts';
import type { Site } from '../sites/site.ts';
import type { Stats } from './counts.ts';
import type { TrackingFailures } from './failures.ts';
import type { Parameters } from './parameters.ts';
import { type Connection, readHit } from './read-hit.ts';

/** What tracking works on. */
export interface Ground {
  readonly sites: ReadonlyMap<number, Site>;
  readonly store: Store;
  readonly token: string;
  readonly failures: TrackingFailures;
  readonly now: () => number;
  /** How far back hits may lie; null: any day. */
  readonly retention_days: () => number | null;
  /** Whether bots and spam referrers are kept out. */
  readonly excludes: () => boolean;
}

/** `tracked` covers the silently excluded: Matomo counts them as a success. */
export type Verdict = 'tracked' | 'invalid' | 'server_fault';

/** Tracks one request, alone or as an element of a bulk request, and counts what became of it. */
export function track(
  ground: Ground,
  parameters: Parameters,
  connection: Connection,
  hasToken: boolean,
  stats: Stats,
): Verdict {
  stats.hits_seen += 1;
  try {
    const { sites, now, excludes } = ground;
    const read = readHit(parameters, connection, sites, hasToken, now(), excludes());
    if ('hit' in read) refuseTooOld(ground, read.hit.time_ms);
    const excluded =
      'excluded' in read
        ? read.excluded
        : recordHit(ground.store, read.hit) === 'ignored'
          ? 'ping_without_visit'
          : null;
    if (excluded === null) stats.hits_recorded += 1;
    else stats.excluded[excluded] = (stats.excluded[excluded] ?? 0) + 1;
    return 'tracked';
  } catch (error) {
    return judge(ground, parameters, error, stats);
  }
}

const DAY_MS = 86_400_000;

/** Matomo refuses what its clean-up of old raw data would delete again. */
function refuseTooOld(ground: Ground, time_ms: number): void {
  const days = ground.retention_days();
  if (days !== null && time_ms < ground.now() - days * DAY_MS) {
    throw new HitRefused('too_old', `Raw data older than ${days} days is deleted.`);
  }
}

function judge(ground: Ground, parameters: Parameters, error: unknown, stats: Stats): Verdict {
  if (error instanceof ServerFault) {
    stats.refused.server_fault = (stats.refused.server_fault ?? 0) + 1;
    return 'server_fault';
  }
  if (!(error instanceof HitRefused)) throw error;
  stats.refused[error.reason] = (stats.refused[error.reason] ?? 0) + 1;
  if (error.reason === 'unknown_site' || error.reason === 'not_authenticated') {
    ground.failures.add({
      site_id: parameters.whole('idsite') ?? 0,
      kind: error.reason,
      time_ms: ground.now(),
      request: new URLSearchParams(
        parameters.entries().filter(([name]) => name !== 'token_auth') as [string, string][],
      ).toString(),
      url: parameters.text('url'),
    });
  }
  return 'invalid';
}
