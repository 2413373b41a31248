import { problem, type Settings } from '@trafficinator/contract';
import { siteZone } from '../backfill/site-zone.ts';
import { Failure } from '../edge/failure.ts';
import { userAgent } from '../edge/version.ts';
import { apiPath, type Site } from '../send/preflight/api.ts';
import { Asker } from '../send/preflight/ask.ts';
import { askTarget } from '../send/preflight.ts';
import { Reporting } from '../send/reporting.ts';

const asking_ms = 10_000;
/** A month may have to be archived before it is answered. */
const shortestWait_ms = 120_000;
const longest_body = 64 * 1024 * 1024;

export interface ReportedSite {
  readonly site: Site;
  /** Its zone, as this program names it. */
  readonly zone: string;
}

/** Asks the target about its site; throws a Failure when it cannot be reached or does not say. */
export async function askForReports(
  settings: Settings,
  ca: string | null,
  now: () => number,
): Promise<ReportedSite> {
  const timeout_ms = Math.min(asking_ms, settings.request_timeout_seconds * 1000);
  const asked = { ca, user_agent: userAgent, timeout_ms, addresses: [], now };
  const { problems, facts } = await askTarget(settings, asked);
  // A token that may only view is enough here.
  const mayView = facts.token_rights === 'view';
  const errors = problems.filter(
    ({ severity, code }) => severity === 'error' && !(mayView && code === 'token_refused'),
  );
  if (errors.length > 0) throw new Failure(errors);
  const { site } = facts;
  if (site === null) throw new Failure([...problems, notDescribed]);
  const zone = siteZone(site.timezone);
  if (zone === null) throw unknownZone(site.timezone);
  return { site, zone };
}

/** The Reporting API with the patience and the room that reports of a month need. */
export function reportsReader(settings: Settings, ca: string | null, now: () => number): Reporting {
  const url = new URL(settings.matomo_url ?? '');
  const timeout_ms = Math.max(shortestWait_ms, settings.request_timeout_seconds * 1000);
  const options = { ca, user_agent: userAgent, timeout_ms, now, longest_body };
  const asker = new Asker(url.origin, settings, options);
  return new Reporting(asker, apiPath(url), settings.matomo_token_auth ?? '');
}

const notDescribed = problem('reports_not_readable', {
  message: 'Matomo does not describe the site, so its reports cannot be compared.',
  remedy: 'Check the token and that the Reporting API answers: `trafficinator check` tells more.',
});

const unknownZone = (zone: string): Failure =>
  Failure.of('reports_not_readable', {
    message: `The site’s timezone (${zone}) is unknown to this program, so its days are too.`,
    remedy: 'Choose an IANA timezone in the site’s settings.',
  });
