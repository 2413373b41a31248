import { createHash } from 'node:crypto';
import { type Settings, type Target, type TargetList, targetsOf } from '@trafficinator/contract';
import { stricter } from '../account/volume.ts';

/** One target's part of a backfill, with the settings as they are for it. */
export interface Leg {
  readonly target: Target;
  readonly settings: Settings;
  /** The seed of its visits, from the seed of the whole. */
  readonly seedOf: (seed: number) => number;
}

/**
 * Divides a backfill among its targets. In a `mirror` all get the same visits. Otherwise each gets its part
 * of every day with visitors of its own: by weight, in equal parts (`round-robin`, `random`), or with
 * `independent` a volume of its own. A visitor is always one target's alone.
 */
export function legsOf(all: Settings): readonly Leg[] {
  const { list } = targetsOf(all);
  const alone = list.targets.length === 1;
  return list.targets.map((target) => {
    const own = settingsFor(all, target);
    const same = alone || list.strategy === 'mirror';
    return {
      target,
      settings: same ? own : divided(own, list, target),
      seedOf: same ? (seed) => seed : (seed) => seedFor(seed, target.name),
    };
  });
}

/** Address, site, token, delivery and caps of the target itself. */
function settingsFor(all: Settings, target: Target): Settings {
  const { backfill_max_visits_per_day: perDay, backfill_max_visits_total: total } = all;
  return {
    ...all,
    matomo_url: target.url,
    matomo_site_id: target.site_id,
    matomo_token_auth: target.token_auth,
    delivery: target.delivery === 'auto' ? all.delivery : target.delivery,
    randomize_visitor_countries: all.randomize_visitor_countries && target.features.countries,
    backfill_max_visits_per_day: stricter(perDay, target.max_visits_per_day),
    backfill_max_visits_total: stricter(total, target.max_visits),
  };
}

function divided(settings: Settings, { strategy, targets }: TargetList, target: Target): Settings {
  if (strategy === 'independent') {
    const { target_visits_per_day: own } = target;
    return own === null ? settings : { ...settings, target_visits_per_day: own };
  }
  const weightOf = (of: Target): number => (strategy === 'weighted' ? of.weight : 1);
  const share = weightOf(target) / targets.reduce((sum, each) => sum + weightOf(each), 0);
  return {
    ...settings,
    target_visits_per_day: settings.target_visits_per_day * share,
    backfill_max_visits_per_day: partOf(settings.backfill_max_visits_per_day, share),
    backfill_max_visits_total: partOf(settings.backfill_max_visits_total, share),
  };
}

/** A part of a cap; 0 stays no cap. */
const partOf = (cap: number, share: number): number =>
  cap === 0 ? 0 : Math.max(1, Math.floor(cap * share));

/** Another seed for each name, the same in every run. */
function seedFor(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) >>> 1;
}
