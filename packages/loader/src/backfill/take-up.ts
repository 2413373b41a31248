import {
  addDays,
  type BackfillWindow,
  backfillWindow,
  type Settings,
} from '@trafficinator/contract';
import type { BatchJournal, RememberedBackfill } from '../account/batches/batch.ts';
import { Failure } from '../edge/failure.ts';
import { newRunId, newSeed } from '../edge/identity.ts';
import { dayOf } from '../pace/calendar.ts';
import { changedSince, decidingSettings } from './identity.ts';

export interface TakeUpFacts {
  readonly settings: Settings;
  /** The site's zone. */
  readonly zone: string;
  readonly now_ms: number;
  /** Digest of the pages. */
  readonly material: string;
  readonly lanes: number;
  /** Forget what was done and begin anew. */
  readonly restart: boolean;
}

export interface TakenUp {
  readonly backfill: RememberedBackfill;
  readonly window: BackfillWindow;
  readonly resumed: boolean;
}

/**
 * The backfill of this journal: the one that was begun, if the settings are those it was begun with, else
 * a new one. Throws a Failure for a window that cannot be filled and for an unfinished backfill with
 * other settings: going on with it would fit neither.
 */
export function takeUp(journal: BatchJournal, facts: TakeUpFacts): TakenUp {
  const { settings } = facts;
  const wantedSeed = settings.backfill_seed ?? settings.seed;
  const deciding = decidingSettings(settings, facts.material);
  const latest = facts.restart ? null : journal.latest();
  if (latest !== null) {
    const changed = changedSince(latest, deciding, wantedSeed);
    if (changed.length === 0) {
      const { first_day, days } = latest;
      const window = { first_day, last_day: addDays(first_day, days - 1), days };
      return { backfill: latest, window, resumed: true };
    }
    if (latest.ended_at_ms === null) throw otherSettings(latest, changed);
  }
  const { window, problems } = backfillWindow(settings, dayOf(facts.now_ms, facts.zone));
  if (window === null) throw new Failure(problems);
  journal.clear();
  journal.begin({
    run_id: newRunId(facts.now_ms).replace('live', 'backfill'),
    seed: wantedSeed ?? newSeed(),
    zone: facts.zone,
    first_day: window.first_day,
    days: window.days,
    cut_ms: facts.now_ms,
    lanes: facts.lanes,
    settings: deciding,
    started_at_ms: facts.now_ms,
  });
  return { backfill: journal.latest() as RememberedBackfill, window, resumed: false };
}

function otherSettings(latest: RememberedBackfill, changed: readonly string[]): Failure {
  const names = changed.map((name) => name.toUpperCase()).join(', ');
  return Failure.of('state_of_other_settings', {
    message: `Backfill ${latest.run_id} is unfinished and was begun with other settings (${names}).`,
    remedy:
      'Set them back to go on with it, or add --restart to forget it and begin anew; what it sent stays in Matomo.',
    fields: changed,
  });
}
