import {
  addDays,
  backfillWindow,
  type Problem,
  problem,
  type Settings,
} from '@trafficinator/contract';
import { siteZone } from '../backfill/site-zone.ts';
import { newSeed } from '../edge/identity.ts';
import { dayBounds, dayOf } from '../pace/calendar.ts';
import type { Material } from '../plan/material/material.ts';
import type { Answer } from '../send/answer.ts';
import type { BatchVerdict } from '../send/batch-verdict.ts';
import { bulkVerdict } from '../send/bulk/verdict.ts';
import { debugging, isDebugLog } from '../send/preflight/tracker.ts';
import type { TargetFacts } from '../send/preflight.ts';
import { makeProbe, sendBulkProbe } from '../send/probe.ts';
import type { Finding } from './check-findings.ts';
import { type ProbeDoors, seekVisitor, transportOf } from './check-probe.ts';

/** What became of a hit on the first day of a backfill. */
export interface OldHitResult {
  /** Of the site. */
  readonly day: string;
  readonly visitor_id: string;
  readonly outcome: 'accepted' | 'refused' | 'queued' | 'not_told';
  /** Whether the visitor log has it on that day; null when that was not looked up or could not be told. */
  readonly recorded: boolean | null;
}

export interface OldHitProbed {
  readonly result: OldHitResult;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

const noon_ms = 12 * 3_600_000;
const ago_ms = 60_000;
/** How far back is tried when a backfill is asked for and its window is not known yet. */
const usualDaysBack = 30;

/**
 * The day to try: the first one of the window that the settings name, or a usual one if a backfill is
 * asked for without any. null: there is no backfill in sight.
 */
export function dayToTry(
  settings: Settings,
  facts: TargetFacts,
  asked: boolean,
  now_ms: number,
): string | null {
  const today = dayOf(now_ms, zoneOf(settings, facts));
  const { backfill_start_date: start, backfill_days_back: back, backfill_enabled } = settings;
  if (start === null && back === null) {
    return asked || backfill_enabled ? addDays(today, -usualDaysBack) : null;
  }
  return backfillWindow(settings, today).window?.first_day ?? null;
}

const zoneOf = (settings: Settings, { site }: TargetFacts): string =>
  (site === null ? null : siteZone(site.timezone)) ?? settings.timezone;

/** Sends one marked hit of that day as a backfill would, reads the whole answer and looks for the visit. */
export async function probeOldHit(
  settings: Settings,
  material: Material,
  facts: TargetFacts,
  day: string,
  doors: ProbeDoors,
): Promise<OldHitProbed> {
  const { start_ms } = dayBounds(day, zoneOf(settings, facts));
  const at_ms = Math.min(start_ms + noon_ms, doors.clock.now() - ago_ms);
  const probe = makeProbe(settings, material, newSeed(), { at_ms, send_cdt: true });
  doors.tell.write(`Sending one hit of ${day} in bulk, as a backfill would …\n`);
  const transport = transportOf(settings, doors);
  const answer = await sendBulkProbe(transport, probe, settings.matomo_token_auth).finally(() =>
    transport.destroy(),
  );
  const verdict = bulkVerdict(answer, 1);
  const outcome = outcomeOf(verdict);
  const sent = { day, visitor_id: probe.visitor_id, outcome };
  if (outcome !== 'accepted') {
    const problems = [problemOf(verdict, answer, day, settings)];
    return probed({ ...sent, recorded: null }, problems);
  }
  if (facts.site === null) return probed({ ...sent, recorded: null }, []);
  const seen = await seekVisitor(settings, probe.visitor_id, day, doors);
  if (seen.kind === 'absent') return probed({ ...sent, recorded: false }, [notOnThatDay(day)]);
  return probed({ ...sent, recorded: seen.kind === 'recorded' ? true : null }, []);
}

function outcomeOf(verdict: BatchVerdict): OldHitResult['outcome'] {
  if (verdict.kind !== 'recorded') return 'not_told';
  if (verdict.refused.length + verdict.refused_unnamed > 0) return 'refused';
  if (verdict.lost > 0) return 'not_told';
  return verdict.queued ? 'queued' : 'accepted';
}

function probed(result: OldHitResult, problems: readonly Problem[]): OldHitProbed {
  const { day, outcome, recorded, visitor_id } = result;
  const where = recorded === true ? ' and recorded on that day' : '';
  const finding: Finding = {
    name: 'old_hit',
    label: 'Old hit',
    value: outcome,
    text:
      outcome === 'accepted'
        ? `one of ${day} was accepted in bulk${where}: visitor ${visitor_id}`
        : `one of ${day}: ${outcome.replace('_', ' ')}`,
    consequence:
      outcome === 'accepted'
        ? 'a backfill can begin there: the token, bulk tracking and the retention of raw data allow it'
        : null,
    remedy: null,
  };
  return { result, findings: [finding], problems };
}

function problemOf(
  verdict: BatchVerdict,
  answer: Answer,
  day: string,
  settings: Settings,
): Problem {
  if (verdict.kind === 'recorded' && verdict.queued) return queued;
  if (outcomeOf(verdict) === 'refused') return refused(day, settings);
  const url = settings.matomo_url ?? '';
  if (answer.kind === 'http' && isDebugLog(answer.body)) return debugging(url);
  if (verdict.kind === 'hopeless' && verdict.reason === 'tracking_off') return trackingOff;
  const said = answer.kind === 'http' ? `status ${answer.status}` : answer.code;
  return problem('target_refuses', {
    fields: ['matomo_url'],
    ...(verdict.kind === 'hopeless'
      ? {
          message: `Matomo takes no bulk request: ${url} answers with ${said} and without Matomo’s counts.`,
          remedy:
            'Activate the plugin BulkTracking and look into what stands before Matomo; or set DELIVERY=single.',
        }
      : {
          message: `A bulk request of a single hit fails (${said}), while a plain hit does not.`,
          remedy: 'Look into the logs of Matomo, its database and what stands before it.',
        }),
  });
}

const refused = (day: string, settings: Settings): Problem =>
  problem('old_hits_refused', {
    fields: ['backfill_start_date', 'backfill_days_back'],
    value: day,
    message: settings.randomize_visitor_countries
      ? `Matomo refuses a hit of ${day}, while it takes one of now: most likely it deletes old raw data and takes none that is older than it keeps.`
      : `Matomo refuses a hit of ${day}: the token has no write access, or Matomo deletes old raw data and takes none that is older than it keeps.`,
    remedy:
      'Look at Administration, Privacy, Anonymise data, “Delete old raw data” (its setting cannot be asked over the API): keep raw data longer, or begin the window later.',
  });

const queued: Problem = problem('plugin_interferes', {
  message:
    'Matomo put the bulk request into the queue of QueuedTracking although it was asked not to: nobody can tell what of it will be recorded.',
  remedy: 'Switch QueuedTracking off while a backfill runs.',
});

const trackingOff: Problem = problem('tracking_off', {
  message: 'Matomo counts no hit of a bulk request at all: tracking is switched off.',
  remedy: 'Set record_statistics = 1 in the [Tracker] section of Matomo’s config/config.ini.php.',
});

const notOnThatDay = (day: string): Problem =>
  problem('probe_not_recorded', {
    message: `Matomo accepted a hit of ${day} but does not show it on that day: a backfill’s hits might not be there either.`,
    remedy:
      'Look at the site’s and the global exclusions, and for the visit on other days: Matomo records a time that it does not understand as now.',
  });
