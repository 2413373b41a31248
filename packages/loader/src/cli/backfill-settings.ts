import {
  backfillWindow,
  formatProblem,
  type Problem,
  type ProblemCode,
  type Settings,
} from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { dayOf } from '../pace/calendar.ts';

/** What is said about a target does not matter to who sends nothing. */
const aboutTheTarget: readonly ProblemCode[] = [
  'target_missing',
  'target_is_placeholder',
  'backfill_needs_token',
  'token_over_plain_http',
  'tls_not_verified',
  'tls_ca_unused',
];

/**
 * The settings of a backfill, the window's rules included; throws a Failure when they cannot be used.
 * `plan`: nothing is sent. `tell` gets warnings and notices, a line each.
 */
export function backfillSettings(
  flags: SettingsFlags,
  purpose: 'send' | 'plan',
  tell: (text: string) => void,
): { readonly settings: Settings; readonly today: string; readonly askedForPort: boolean } {
  const { settings, problems: found, given } = settingsOfProcess(flags, 'backfill');
  const zoneKnown = !found.some((p) => p.code === 'zone_unknown');
  const today = dayOf(systemClock.now(), zoneKnown ? settings.timezone : 'UTC');
  const broken = new Set(found.flatMap((p) => (p.severity === 'error' ? p.fields : [])));
  const ofWindow = backfillWindow(settings, today).problems.filter(
    (p) => !p.fields.some((field) => broken.has(field)),
  );
  const problems = [...found, ...ofWindow].filter((p) => matters(p, purpose));
  if (problems.some((p) => p.severity === 'error')) throw new Failure(problems);
  for (const problem of problems) tell(`${formatProblem(problem)}\n`);
  return { settings, today, askedForPort: given.has('status_port') };
}

function matters({ code }: Problem, purpose: 'send' | 'plan'): boolean {
  if (purpose === 'plan') return !aboutTheTarget.includes(code);
  // The site may already have tomorrow's date: only the target can tell whether a window is too late.
  return code !== 'backfill_window_in_future';
}

const mostSingleLanes = 64;

/** How many requests may be out at the same time. */
export const lanesOf = (settings: Settings, bulk: boolean): number =>
  bulk ? settings.bulk_lanes : Math.min(settings.concurrency, mostSingleLanes);
