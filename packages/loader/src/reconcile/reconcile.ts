import {
  addDays,
  type ReconcileReport,
  type Settings,
  type TargetFeatures,
} from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import { dayOf } from '../pace/calendar.ts';
import type { Clock } from '../pace/clock.ts';
import type { Material } from '../plan/material/material.ts';
import type { Site } from '../send/preflight/api.ts';
import { sameClock } from '../send/preflight/site.ts';
import { type Baseline, heldBefore } from './baseline.ts';
import type { Cause } from './causes/cause.ts';
import { type ComparedDay, compareDay } from './compare.ts';
import { diagnose } from './diagnose.ts';
import { EvidenceRoom } from './evidence.ts';
import { noFigures } from './figures.ts';
import { ledgerFacts } from './ledger-site.ts';
import { type Prediction, predict } from './predict.ts';
import { type Asked, readReports, type Span } from './read-reports.ts';
import { replayOf } from './replay.ts';
import { reportOf } from './report.ts';
import { metricsOf, reportsFor } from './reports.ts';
import { settle } from './settle.ts';
import { askGoals } from './site-goals.ts';
import { VisitorLog } from './visitor-log.ts';

export interface ReconcileParts {
  /** Of the backfill: as it was begun, with the target and token of now. */
  readonly settings: Settings;
  readonly material: Material;
  /** What the target was sent. */
  readonly features: TargetFeatures;
  readonly backfill: RememberedBackfill;
  readonly journal: BatchJournal;
  readonly site: Site;
  /** The site's zone, as this program names it. */
  readonly zone: string;
  readonly reporting: Asked;
  /** null: none was taken. */
  readonly baseline: Baseline | null;
  readonly clock: Clock;
  /** How long to wait for numbers that are still moving; 0: read once. */
  readonly wait_ms: number;
}

/**
 * Lays the ledger of a backfill beside Matomo's reports, day by day and metric by metric, and names the
 * likely cause of each difference. Throws a ReportingError when Matomo does not give its reports.
 */
export async function reconcile(parts: ReconcileParts): Promise<ReconcileReport> {
  const { settings, backfill, journal, site, reporting, baseline, clock } = parts;
  const site_id = settings.matomo_site_id;
  const goals = await askGoals(reporting, site_id);
  const facts = ledgerFacts(site, parts.zone, goals);
  const replay = replayOf(backfill, settings, parts.material, parts.features, journal.openers());
  const prediction = predict(journal, replay, facts.choices);
  const reports = reportsFor(goals.map(({ id }) => id));
  const metrics = metricsOf(reports).filter(({ name }) => !facts.untold.has(name));
  /** In any of the reads: a report that was missing once was not compared on all days. */
  const refused = new Map<string, string>();
  const read = async (span: Span): Promise<ComparedDay[]> => {
    const recorded = await readReports(reporting, site_id, reports, span);
    for (const [title, why] of recorded.refused) refused.set(title, why);
    const told = metrics.filter(({ report }) => !refused.has(report));
    return [...recorded.days].map(([date, figures]) => {
      const planned = prediction.days.get(date) ?? noFigures;
      return compareDay(date, planned, figures, heldBefore(baseline, date), told);
    });
  };
  const settled = await settle(
    await read(spanOf(replay.window, prediction)),
    (first_day, last_day) => read({ first_day, last_day }),
    clock,
    parts.wait_ms,
  );
  const days = settled.days
    .filter((day) => isOfWindow(day, replay.window, prediction))
    .map((day) => without(refused, day));
  const zone_differs = !sameClock(backfill.zone, parts.zone, backfill.started_at_ms);
  const room = new EvidenceRoom(
    {
      replay,
      journal,
      facts,
      site,
      uncertain: prediction.uncertain,
      log: new VisitorLog(reporting, site_id),
      zone_differs,
    },
    days,
  );
  const causes = new Map<string, readonly Cause[]>();
  for (const day of days) {
    if (day.differences.length > 0) causes.set(day.date, await diagnose(room.of(day)));
  }
  return reportOf({
    replay,
    site,
    prediction,
    baseline,
    days,
    causes,
    metrics,
    refused,
    untold: facts.untold,
    zone_differs,
    reads: settled.reads,
    moving: settled.moving,
    today: dayOf(clock.now(), parts.zone),
  });
}

/** The window, and the days beside it on which something is planned: a zone may have other days. */
function spanOf(window: Span, { days }: Prediction): Span {
  const dates = [...days.keys(), window.first_day, window.last_day].sort();
  return {
    first_day: later(dates[0] as string, addDays(window.first_day, -1)),
    last_day: earlier(dates.at(-1) as string, addDays(window.last_day, 1)),
  };
}

/** The day as far as all days were compared. */
const without = (refused: ReadonlyMap<string, string>, day: ComparedDay): ComparedDay => ({
  ...day,
  differences: day.differences.filter(({ metric }) => !refused.has(metric.report)),
});

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);

const isOfWindow = (day: ComparedDay, window: Span, { days }: Prediction): boolean =>
  days.has(day.date) || (day.date >= window.first_day && day.date <= window.last_day);
