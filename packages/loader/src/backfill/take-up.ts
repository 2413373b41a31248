import {
  addDays,
  type BackfillReport,
  type BackfillWindow,
  backfillWindow,
  type Settings,
  type TargetFeatures,
} from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import { Failure } from '../edge/failure.ts';
import { newRunId } from '../edge/identity.ts';
import { dayOf } from '../pace/calendar.ts';
import { changedSince, decidingSettings, nameOfChange } from './identity.ts';

export interface TakeUpFacts {
  readonly settings: Settings;
  /** The seed that was asked for, or null; and one for a new backfill without. */
  readonly seed: number | null;
  readonly newSeed: () => number;
  readonly features: TargetFeatures;
  /** The site's zone. */
  readonly zone: string;
  readonly now_ms: number;
  /** Now by Matomo's clock at the latest: nothing is planned after it. */
  readonly cut_ms: number;
  /** Digest of the pages. */
  readonly material: string;
  /** Digest of journeys and plugins of the user's own; null: none. */
  readonly behaviour?: string | null;
  readonly lanes: number;
  /** Forget what was done and begin anew. */
  readonly restart: boolean;
  /** The report beside the journal. */
  readonly report: Pick<BackfillReport, 'run_id' | 'state'> | null;
}

export interface TakenUp {
  readonly backfill: RememberedBackfill;
  readonly window: BackfillWindow;
  readonly resumed: boolean;
  /** Sentences for a person. */
  readonly warnings: readonly string[];
}

/**
 * The backfill of this journal: the one that was begun, if the settings are those it was begun with, else
 * a new one. Throws a Failure for a window that cannot be filled, for an unfinished backfill with other
 * settings (going on with it would fit neither), and for a journal that has lost its memory.
 */
export function takeUp(journal: BatchJournal, facts: TakeUpFacts): TakenUp {
  const { settings, report, restart } = facts;
  const wantedSeed = facts.seed;
  const deciding = decidingSettings(settings, facts.material, facts.features, facts.behaviour);
  const latest = journal.latest();
  if (latest === null && report !== null && !restart) throw memoryLost(report);
  if (latest !== null && !restart) {
    const changed = changedSince(latest, deciding, wantedSeed);
    if (goesOn(latest, { ...facts, deciding })) return goOn(latest, facts);
    if (changed.length > 0 && latest.ended_at_ms === null) throw otherSettings(latest, changed);
  }
  const { window, problems } = backfillWindow(settings, dayOf(facts.now_ms, facts.zone));
  if (window === null) throw new Failure(problems);
  const seed = wantedSeed ?? facts.newSeed();
  journal.begin({
    run_id: newRunId(facts.now_ms).replace('live', 'backfill'),
    seed,
    zone: facts.zone,
    first_day: window.first_day,
    days: window.days,
    cut_ms: facts.cut_ms,
    lanes: facts.lanes,
    settings: deciding,
    started_at_ms: facts.now_ms,
  });
  const warnings = restart && latest?.seed === seed ? [sameSeed(seed)] : [];
  return { backfill: journal.latest() as RememberedBackfill, window, resumed: false, warnings };
}

/** Whether a remembered backfill is the one that is asked for, so that it is gone on with. */
export function goesOn(
  latest: RememberedBackfill,
  facts: Pick<TakeUpFacts, 'settings' | 'seed' | 'zone' | 'now_ms'> & {
    readonly deciding: ReturnType<typeof decidingSettings>;
  },
): boolean {
  return changedSince(latest, facts.deciding, facts.seed).length === 0 && !isOver(latest, facts);
}

const windowOf = ({ first_day, days }: RememberedBackfill): BackfillWindow => ({
  first_day,
  last_day: addDays(first_day, days - 1),
  days,
});

function goOn(latest: RememberedBackfill, facts: TakeUpFacts): TakenUp {
  const warnings: string[] = [];
  if (latest.zone !== facts.zone) {
    warnings.push(
      `The site’s timezone is ${facts.zone} now; the backfill goes on with the days of ${latest.zone}.`,
    );
  }
  if (latest.lanes !== facts.lanes) {
    warnings.push(`The backfill goes on with the ${latest.lanes} lanes that it was begun with.`);
  }
  return { backfill: latest, window: windowOf(latest), resumed: true, warnings };
}

/**
 * A finished backfill of days back does not stand in the way of the days since: its window is another one
 * by now. While the two have days in common it does: those would be filled twice.
 */
function isOver(
  latest: RememberedBackfill,
  { settings, now_ms, zone }: Pick<TakeUpFacts, 'settings' | 'zone' | 'now_ms'>,
): boolean {
  if (latest.ended_at_ms === null) return false;
  const { window } = backfillWindow(settings, dayOf(now_ms, zone));
  return window !== null && window.first_day > windowOf(latest).last_day;
}

function otherSettings(latest: RememberedBackfill, changed: readonly string[]): Failure {
  const names = changed.map(nameOfChange).join(', ');
  return Failure.of('state_of_other_settings', {
    message: `Backfill ${latest.run_id} is unfinished and was begun with other settings (${names}).`,
    remedy:
      'Set them back to go on with it, or add --restart to forget it and begin anew; what it sent stays in Matomo.',
    fields: changed,
  });
}

const memoryLost = ({ run_id, state }: Pick<BackfillReport, 'run_id' | 'state'>): Failure =>
  Failure.of('state_unusable', {
    message: `The report of backfill ${run_id} (${state}) is here, but its journal is empty, so nobody knows what was sent.`,
    remedy:
      'Restore the .sqlite file beside the report, or add --restart to begin anew; what was sent stays in Matomo.',
    fields: ['state_dir'],
  });

const sameSeed = (seed: number): string =>
  `The forgotten backfill had the same seed (${seed}): what it sent is sent once more, and recorded twice unless it was removed from Matomo. Another BACKFILL_SEED plans other visits.`;
