import { type Outcome, type Problem, problem, type Settings } from '@trafficinator/contract';
import { newSeed } from '../edge/identity.ts';
import type { Clock } from '../pace/clock.ts';
import type { Material } from '../plan/material/material.ts';
import type { Answer } from '../send/answer.ts';
import { apiPath } from '../send/preflight/api.ts';
import { Asker, type AskerOptions } from '../send/preflight/ask.ts';
import { lookForVisitor, type Sighting } from '../send/preflight/sighting.ts';
import { debugging, isDebugLog } from '../send/preflight/tracker.ts';
import { unreachable } from '../send/preflight/unreachable.ts';
import type { TargetFacts } from '../send/preflight.ts';
import {
  liveMoment,
  makeProbe,
  type Probe,
  probeTitle,
  sendProbe,
  sendsLocation,
} from '../send/probe.ts';
import { HttpTransport } from '../send/transport.ts';
import { type Verdict, verdictOf } from '../send/verdict.ts';
import type { TextStream } from './report.ts';

/** What became of the probe visit. */
export interface ProbeResult {
  readonly visitor_id: string;
  readonly url: string;
  readonly outcome: Outcome;
  /** Code of the reason; empty when it was accepted. */
  readonly reason: string;
  /** Whether Matomo's visitor log has it; null when that was not looked up or could not be told. */
  readonly recorded: boolean | null;
}

export interface ProbeDoors extends AskerOptions {
  readonly clock: Clock;
  /** Hears about the visit before it is sent. */
  readonly tell: TextStream;
}

export interface Probed {
  readonly probe: ProbeResult;
  readonly problems: readonly Problem[];
}

/** Sends one marked visit as a run would send it, and looks in the visitor log whether it is there. */
export async function probeTarget(
  settings: Settings,
  material: Material,
  facts: TargetFacts,
  doors: ProbeDoors,
): Promise<Probed> {
  const url = new URL(settings.matomo_url ?? '');
  const moment = liveMoment(settings, doors.clock.now());
  const probe = makeProbe(settings, material, newSeed(), moment);
  doors.tell.write(
    `Sending one visit to site ${settings.matomo_site_id}, titled “${probeTitle}”, at ${probe.url} …\n`,
  );
  const answer = await send(settings, probe, doors);
  const verdict = verdictOf(answer);
  const { outcome, reason } = verdict;
  const sent = { visitor_id: probe.visitor_id, url: probe.url, outcome, reason };
  if (outcome !== 'accepted') {
    const refusal = refusalOf(answer, verdict, url, settings, doors);
    return { probe: { ...sent, recorded: null }, problems: [refusal] };
  }
  // Without an answer from the Reporting API before, there is nobody to ask.
  if (facts.site === null) return { probe: { ...sent, recorded: null }, problems: [] };
  return lookUp(settings, probe, sent, doors);
}

async function send(settings: Settings, probe: Probe, doors: ProbeDoors): Promise<Answer> {
  const transport = transportOf(settings, doors);
  try {
    return await sendProbe(transport, probe);
  } finally {
    await transport.destroy();
  }
}

/** A connection for a single request. */
export const transportOf = (
  settings: Settings,
  { ca, user_agent, timeout_ms }: ProbeDoors,
): HttpTransport =>
  new HttpTransport({
    url: settings.matomo_url ?? '',
    token: settings.matomo_token_auth,
    connections: 1,
    connect_timeout_ms: Math.min(settings.connect_timeout_seconds * 1000, timeout_ms),
    request_timeout_ms: timeout_ms,
    ca,
    tls_insecure: settings.tls_insecure,
    allow_private: settings.allow_private_targets,
    user_agent,
  });

/** Looks for a visitor in the visitor log, on a day of the site or (null) among the latest. */
export async function seekVisitor(
  settings: Settings,
  visitor_id: string,
  day: string | null,
  doors: ProbeDoors,
): Promise<Sighting> {
  const url = new URL(settings.matomo_url ?? '');
  const asker = new Asker(url.origin, settings, doors);
  const wait = (delay_ms: number) =>
    new Promise<void>((resolve) => doors.clock.after(delay_ms, resolve));
  try {
    return await lookForVisitor(asker, apiPath(url), visitor_id, day, settings, wait);
  } finally {
    await asker.close();
  }
}

async function lookUp(
  settings: Settings,
  probe: Probe,
  sent: Omit<ProbeResult, 'recorded'>,
  doors: ProbeDoors,
): Promise<Probed> {
  const seen = await seekVisitor(settings, probe.visitor_id, null, doors);
  switch (seen.kind) {
    case 'recorded':
      return { probe: { ...sent, recorded: true }, problems: countryKept(probe, seen.country) };
    case 'absent':
      return { probe: { ...sent, recorded: false }, problems: [notRecorded()] };
    case 'untold':
      return { probe: { ...sent, recorded: null }, problems: [notLookedUp(seen.why)] };
  }
}

const notRecorded = (): Problem =>
  problem('probe_not_recorded', {
    message:
      'Matomo accepted the probe visit but does not have it in its visitor log: hits of a run would get a yes and might not be counted either.',
    remedy:
      'Look at the site’s and the global exclusions (IPs, user agents, unknown addresses, spam protection); if QueuedTracking is installed, process its queue and check again.',
  });

const notLookedUp = (why: string): Problem =>
  problem('probe_not_looked_up', {
    message: `Matomo accepted the probe visit; whether it was recorded could not be looked up: ${why}.`,
    remedy: 'Look for it in the visitor log of the site.',
  });

function countryKept(probe: Probe, recorded: string | null): Problem[] {
  if (probe.country === null || recorded === null || recorded === probe.country) return [];
  return [
    problem('site_differs', {
      fields: ['randomize_visitor_countries'],
      message: `The probe visit was sent from country ${probe.country} and recorded in ${recorded}.`,
      remedy: 'Check which plugins of this Matomo change the location of a visit.',
    }),
  ];
}

function refusalOf(
  answer: Answer,
  verdict: Verdict,
  url: URL,
  settings: Settings,
  doors: ProbeDoors,
): Problem {
  if (answer.kind === 'none') {
    return unreachable({ code: answer.code, connected: answer.sent }, url, doors);
  }
  if (isDebugLog(answer.body)) return debugging(url.href);
  if (verdict.reason === 'not_a_tracker') {
    return problem('target_not_a_tracker', {
      fields: ['matomo_url'],
      message: `${url.href} answers a hit with a page instead of an image: it is no Matomo tracker.`,
      remedy: 'Correct MATOMO_URL: it should end in matomo.php of your Matomo.',
    });
  }
  const { status } = answer;
  if (status !== 400) {
    return problem('target_refuses', {
      fields: ['matomo_url'],
      message: `Matomo refuses the probe visit with status ${status}.`,
      remedy: 'Look into the logs of Matomo and of what stands before it.',
    });
  }
  const id = settings.matomo_site_id;
  return problem('target_refuses', {
    ...(sendsLocation(settings)
      ? {
          fields: ['matomo_token_auth'],
          message: `Matomo refuses the probe visit (400) without saying why; it carries a visitor’s IP and country, so most likely the token has no write access to site ${id}.`,
          remedy:
            'Give the token’s user write access to the site; a new token of such a user can take five minutes to work. RANDOMIZE_VISITOR_COUNTRIES=false does without.',
        }
      : {
          fields: ['matomo_site_id'],
          message: `Matomo refuses the probe visit (400) without saying why; most likely there is no site ${id}.`,
          remedy: 'Set MATOMO_SITE_ID to the id of a site in this Matomo.',
        }),
  });
}
