import { addDays, backfillWindow, formatProblem, type Settings } from '@trafficinator/contract';
import { planBackfill } from '../backfill/planned.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { dayOf } from '../pace/calendar.ts';
import { liveCrowd } from '../pace/live-crowd.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import { backfillCalendar } from '../preview/backfill-calendar.ts';
import { liveCalendar } from '../preview/live-calendar.ts';
import { type PreviewFacts, preview } from '../preview/preview.ts';
import { planSummaryText } from './plan-summary-text.ts';

export interface PlanSummaryFlags {
  readonly visits?: number;
  readonly from: number;
  /** `YYYY-MM-DD`: first day of a live run; tomorrow if left out. */
  readonly day?: string;
  readonly json: boolean;
}

const usualVisits = 100_000;
/** The seed that is looked at when none is set. */
const defaultSeed = 1;

/** `plan --summary`: counts what planned visits add up to. Returns the text for stdout. */
export function planSummary(
  settings: Settings,
  material: Material,
  flags: PlanSummaryFlags,
): string {
  const summary = preview(previewOf(settings, material, flags));
  return flags.json ? `${JSON.stringify(summary)}\n` : planSummaryText(summary);
}

/** Of the window of a backfill, if the settings name one, else of the next days of a live run. */
function previewOf(settings: Settings, material: Material, flags: PlanSummaryFlags): PreviewFacts {
  const now_ms = systemClock.now();
  const { from, visits = usualVisits } = flags;
  if (!isBackfill(settings)) {
    const seed = settings.seed ?? defaultSeed;
    const first_day = flags.day ?? addDays(dayOf(now_ms, settings.timezone), 1);
    const calendar = liveCalendar(settings, seed, from, first_day);
    const plan = compilePlan(settings, material, seed, liveCrowd(settings, material, seed));
    return { settings, material, seed, plan, calendar, from, visits };
  }
  const { window, problems } = backfillWindow(settings, dayOf(now_ms, settings.timezone));
  if (window === null) throw new Failure(problems);
  for (const found of problems) process.stderr.write(`${formatProblem(found)}\n`);
  const seed = settings.backfill_seed ?? settings.seed ?? defaultSeed;
  const calendar = backfillCalendar({ settings, material }, window, seed, now_ms);
  const begun = { ...window, zone: settings.timezone, cut_ms: now_ms, seed };
  const { plan } = planBackfill(begun, settings, material, null);
  const most = Math.max(0, Math.min(visits, calendar.visits - from));
  return { settings, material, seed, plan, calendar, from, visits: most };
}

const isBackfill = (settings: Settings): boolean =>
  settings.backfill_enabled ||
  settings.backfill_start_date !== null ||
  settings.backfill_days_back !== null;
