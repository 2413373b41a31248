import type { Problem, Settings } from '@trafficinator/contract';
import { type ApiFacts, apiPath, nothingLearned, readApi, siteForm } from './preflight/api.ts';
import { Asker } from './preflight/ask.ts';
import { clockAhead, judgeClock } from './preflight/clock.ts';
import { compareSite } from './preflight/site.ts';
import { judgeTracker } from './preflight/tracker.ts';
import { unreachable } from './preflight/unreachable.ts';

export interface PreflightOptions {
  /** PEM text of the certificate authorities to trust; null for the usual ones. */
  readonly ca: string | null;
  readonly user_agent: string;
  /** Longest wait for each answer. */
  readonly timeout_ms: number;
  /** Of all pages that visits may see. */
  readonly addresses: readonly string[];
  /** Wall clock, epoch ms. */
  readonly now?: () => number;
}

/** What the target said about itself; null where it could not be told. */
export interface TargetFacts extends ApiFacts {
  /** How much this machine's clock is ahead of Matomo's at least; negative: behind. */
  readonly clock_ahead_ms: number | null;
}

export interface TargetAnswer {
  readonly problems: readonly Problem[];
  readonly facts: TargetFacts;
}

/**
 * Asks the target whether a run can succeed, before anything is sent: errors mean that it cannot.
 * At most two requests, no redirect is followed, no hit is recorded.
 */
export async function preflight(settings: Settings, options: PreflightOptions): Promise<Problem[]> {
  return [...(await askTarget(settings, options)).problems];
}

/**
 * The same with what was learned on the way. First a bare GET of the tracker, which records nothing;
 * then, if that went well and there is a token, one bulk request to the Reporting API beside it. A token
 * that was refused is never tried twice: Matomo bans an address after 20 failures in an hour.
 */
export async function askTarget(
  settings: Settings,
  options: PreflightOptions,
): Promise<TargetAnswer> {
  const { matomo_url, matomo_token_auth: token } = settings;
  const untold: TargetFacts = { ...nothingLearned, clock_ahead_ms: null };
  if (matomo_url === null) return { problems: [], facts: untold };
  const url = new URL(matomo_url);
  const now = options.now ?? Date.now;
  const asker = new Asker(url.origin, settings, { ...options, now });
  try {
    const reply = await asker.ask(url.pathname);
    if (reply.kind === 'none')
      return { problems: [unreachable(reply, url, options)], facts: untold };
    const clock_ahead_ms = clockAhead(reply);
    const tracker = [...judgeTracker(reply, matomo_url), ...judgeClock(clock_ahead_ms, settings)];
    if (token === null || tracker.some((found) => found.severity === 'error')) {
      return { problems: tracker, facts: { ...untold, clock_ahead_ms } };
    }
    const form = siteForm(token, settings.matomo_site_id);
    const api = readApi(await asker.ask(apiPath(url), form), url, settings);
    const site = api.facts.site;
    const compared = site === null ? [] : compareSite(site, settings, options.addresses, now());
    return {
      problems: [...tracker, ...api.problems, ...compared],
      facts: { ...api.facts, clock_ahead_ms },
    };
  } finally {
    await asker.close();
  }
}
