import type { Site } from '../../send/preflight/api.ts';
import type { BatchEffects } from '../batch-effects.ts';
import type { Census } from '../census.ts';
import type { ComparedDay } from '../compare.ts';
import type { Uncertainty } from '../delivered.ts';
import type { VisitDetails } from '../delivered-visit.ts';

type CauseCode =
  | 'ecommerce_off'
  | 'sitesearch_off'
  | 'not_archived'
  | 'not_recorded'
  | 'zone_differs'
  | 'days_shifted'
  | 'batch_missing'
  | 'batch_twice'
  | 'batch_arrived'
  | 'batches_arrived'
  | 'hits_uncertain'
  | 'visits_missing'
  | 'visits_changed'
  | 'visits_split'
  | 'foreign_visits'
  | 'negative_recorded'
  | 'orders_refused'
  | 'segments_not_archived'
  | 'not_looked_up'
  | 'unexplained';

/** Why numbers of a day are probably not what they should be. */
export interface Cause {
  readonly code: CauseCode;
  /** A few words, for a table. */
  readonly label: string;
  /** What happened and what to do about it, in sentences. */
  readonly text: string;
  /** Names of the metrics it explains. */
  readonly explains: readonly string[];
  /** Visits that Matomo does not have, as far as they were looked up; a few of them. */
  readonly missing_visits?: readonly VisitDetails[];
}

/** What is known about a day that differs. */
export interface Evidence {
  readonly day: ComparedDay;
  readonly site: Site;
  readonly site_id: number;
  readonly first_day: string;
  readonly last_day: string;
  /** Zone in which the backfill was planned. */
  readonly planned_zone: string;
  /** That zone has other days than the site's. */
  readonly zone_differs: boolean;
  /** All days together are as planned, or a day has what its neighbour lacks. */
  readonly shifted: boolean;
  readonly uncertain: readonly Uncertainty[];
  /** Asked for when needed: planning a day's batches again takes a moment. */
  readonly effects: () => BatchEffects;
  readonly log: LogEvidence;
}

/** What the visitor log has; throws a ReportingError where it cannot be read. */
export interface LogEvidence {
  /** Of a few delivered visits of the day: how many were looked for and how many are there. */
  sample(): Promise<{ readonly looked_for: number; readonly found: number }>;
  /** null: the log of this day is not read, enough others were. */
  census(): Promise<Census | null>;
  details(visits: Census['missing']): readonly VisitDetails[];
}

/** Names of the metrics of a day that nothing explains yet. */
type Open = ReadonlySet<string>;

/** A rule looks at a day and names causes; it is asked only while something is open. */
export type Rule = (evidence: Evidence, open: Open) => Cause[] | Promise<Cause[]>;

/** How to make Matomo's reports now. */
export const archiveCommand = ({
  site_id,
  first_day,
  last_day,
}: Pick<Evidence, 'site_id' | 'first_day' | 'last_day'>): string =>
  `./console core:archive --force-idsites=${site_id} --force-date-range=${first_day},${last_day}`;
