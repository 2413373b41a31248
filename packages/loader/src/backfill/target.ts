import { type Problem, problem, type Settings, type Target } from '@trafficinator/contract';
import { Failure } from '../edge/failure.ts';
import { userAgent } from '../edge/version.ts';
import { askTarget, type TargetFacts } from '../send/preflight.ts';
import { legsOf } from './legs.ts';
import { siteZone } from './site-zone.ts';

/** The one target of a backfill, and the settings as they are for it. */
export interface OnlyTarget {
  readonly target: Target;
  readonly settings: Settings;
}

/** The target of that name, or the only one; throws a Failure when it cannot be told which is meant. */
export function onlyTarget(all: Settings, name: string | null = null): OnlyTarget {
  const legs = legsOf(all);
  const named = name === null ? legs : legs.filter(({ target }) => target.name === name);
  const [leg] = named;
  if (leg !== undefined && named.length === 1) return leg;
  const names = legs.map(({ target }) => target.name).join(', ');
  throw Failure.of('targets_contradict', {
    message:
      name === null
        ? `There are ${legs.length} targets (${names}), and this looks at one.`
        : `No enabled target is named “${name}”.`,
    remedy: `Name one with --target: ${names}.`,
    fields: ['targets'],
  });
}

export interface AskedTarget {
  /** The site's zone, as this program names it. */
  readonly zone: string;
  /** Surely past by Matomo's clock: what is later is recorded as now. */
  readonly cut_ms: number;
  /** What is odd, but no reason to stop. */
  readonly problems: readonly Problem[];
}

const asking_ms = 10_000;
/** The server's clock is known to a second, and its answer was under way. */
const clockUncertainty_ms = 2_000;

/** Asks the target before the first hit; throws a Failure when a backfill cannot succeed. */
export async function askForBackfill(
  settings: Settings,
  ca: string | null,
  addresses: readonly string[],
  now: () => number,
): Promise<AskedTarget> {
  const timeout_ms = Math.min(asking_ms, settings.request_timeout_seconds * 1000);
  const asked = { ca, user_agent: userAgent, timeout_ms, addresses, now };
  const { problems, facts } = await askTarget(settings, asked);
  if (facts.token_rights === 'view') throw new Failure([mayOnlyView]);
  if (problems.some((p) => p.severity === 'error')) throw new Failure(problems);
  const { zone, found } = zoneOf(facts, settings);
  const ahead_ms = Math.max(0, facts.clock_ahead_ms ?? 0);
  return {
    zone,
    cut_ms: now() - ahead_ms - clockUncertainty_ms,
    problems: [...problems, ...found],
  };
}

function zoneOf({ site }: TargetFacts, settings: Settings): { zone: string; found: Problem[] } {
  const zone = site === null ? null : siteZone(site.timezone);
  if (zone !== null) return { zone, found: [] };
  const why =
    site === null ? 'could not be asked' : `(${site.timezone}) is unknown to this program`;
  const stand = `TIMEZONE (${settings.timezone}) stands in for it`;
  const found = problem('site_not_checked', {
    severity: 'warning',
    message: `The site’s timezone ${why}; ${stand}.`,
    remedy: 'Set TIMEZONE to the site’s zone: else visits fall on neighbouring days.',
    fields: ['timezone'],
  });
  return { zone: settings.timezone, found: [found] };
}

const mayOnlyView: Problem = problem('token_lacks_rights', {
  fields: ['matomo_token_auth'],
  value: '***',
  message: 'The token may only view the site, so Matomo refuses every hit older than a day.',
  remedy: 'Give the token’s user write access to the site.',
});
