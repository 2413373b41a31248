import { addDays } from '@trafficinator/contract';
import { z } from 'zod';
import { type Figures, noFigures } from './figures.ts';
import { type Asked, readReports, type Span } from './read-reports.ts';
import { reportsFor } from './reports.ts';
import { askGoals } from './site-goals.ts';

/** What the days of a window held before a backfill began. */
export const baseline = z.object({
  run_id: z.string(),
  site_id: z.int().positive(),
  /** Zone of the site at that time. */
  timezone: z.string(),
  taken_at: z.iso.datetime(),
  first_day: z.iso.date(),
  last_day: z.iso.date(),
  /** Days with any data; figures that are 0 are left out. */
  days: z.record(z.iso.date(), z.record(z.string(), z.number())),
});
export type Baseline = z.infer<typeof baseline>;

/**
 * Reads what the days of a window and one more on either side hold now: a site whose zone is not the one
 * that was thought counts some visits there. Throws a ReportingError when Matomo does not say.
 */
export async function takeBaseline(
  asked: Asked,
  facts: Pick<Baseline, 'run_id' | 'site_id' | 'timezone'>,
  window: Span,
  now_ms: number,
): Promise<Baseline> {
  const goals = await askGoals(asked, facts.site_id);
  const reports = reportsFor(goals.map(({ id }) => id));
  const span = { first_day: addDays(window.first_day, -1), last_day: addDays(window.last_day, 1) };
  const { days } = await readReports(asked, facts.site_id, reports, span);
  const kept = [...days]
    .map(([day, figures]) => [day, withoutZeros(figures)] as const)
    .filter(([, figures]) => Object.keys(figures).length > 0);
  return {
    ...facts,
    taken_at: new Date(now_ms).toISOString(),
    ...span,
    days: Object.fromEntries(kept),
  };
}

const withoutZeros = (figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));

/** What a day held before; nothing when it is not known. */
export const heldBefore = (taken: Baseline | null, day: string): Figures =>
  taken?.days[day] ?? noFigures;
