import { createHash } from 'node:crypto';
import { type Settings, type Target, type TargetList, targetsOf } from '@trafficinator/contract';
import { stricter } from '../account/volume.ts';

/** One target's part of a backfill, with the settings as they are for it. */
export interface Leg {
  readonly target: Target;
  /** It is the only one. */
  readonly alone: boolean;
  readonly settings: Settings;
  /** The seed of its visits, from the seed of the whole. */
  readonly seedOf: (seed: number) => number;
}

/**
 * Divides a backfill among its targets. In a `mirror` all get the same visits. Otherwise each gets its part
 * of every day with visitors of its own: by weight, in equal parts (`round-robin`, `random`), or with
 * `independent` a volume of its own. A visitor is always one target's alone. A target's own caps hold
 * beside its part of the run's.
 */
export function legsOf(all: Settings): readonly Leg[] {
  const { list } = targetsOf(all);
  const alone = list.targets.length === 1;
  const same = alone || list.strategy === 'mirror';
  const volumes = volumesOf(all, list);
  return list.targets.map((target, at) => ({
    target,
    alone,
    settings: settingsFor({ ...all, ...volumes[at] }, target),
    seedOf: same ? (seed) => seed : (seed) => seedFor(seed, target.name),
  }));
}

type Volume = Pick<
  Settings,
  'target_visits_per_day' | 'backfill_max_visits_per_day' | 'backfill_max_visits_total'
>;

/** Each target's part of what the run is asked for. */
function volumesOf(all: Volume, { strategy, targets }: TargetList): readonly Volume[] {
  const {
    target_visits_per_day,
    backfill_max_visits_per_day: perDay,
    backfill_max_visits_total: total,
  } = all;
  const whole = {
    target_visits_per_day,
    backfill_max_visits_per_day: perDay,
    backfill_max_visits_total: total,
  };
  if (targets.length === 1 || strategy === 'mirror') return targets.map(() => whole);
  if (strategy === 'independent') {
    return targets.map((target) => ({
      ...whole,
      target_visits_per_day: target.target_visits_per_day ?? target_visits_per_day,
    }));
  }
  const weights = targets.map(({ weight }) => (strategy === 'weighted' ? weight : 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  const caps = { perDay: partsOf(perDay, weights), total: partsOf(total, weights) };
  return weights.map((weight, at) => ({
    target_visits_per_day: (target_visits_per_day * weight) / sum,
    backfill_max_visits_per_day: caps.perDay[at] ?? 0,
    backfill_max_visits_total: caps.total[at] ?? 0,
  }));
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

/**
 * Hands out a cap by weight so that the parts add up to it. Who has a weight gets at least 1, since 0 is no
 * cap: the settings' rules refuse a cap that is below the number of those.
 */
export function partsOf(cap: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (cap * weight) / sum);
  const parts = exact.map((part) => (part === 0 ? 0 : Math.max(1, Math.floor(part))));
  const takers = parts.filter((part) => part > 0).length;
  if (cap < takers) return parts;
  for (let left = cap - parts.reduce((a, b) => a + b, 0); left !== 0; ) {
    const step = Math.sign(left);
    // Who is farthest from the exact part, and keeps 1 at least.
    const lacks = parts.map((part, at) =>
      part === 0 || part + step < 1 ? -Infinity : step * ((exact[at] as number) - part),
    );
    const chosen = lacks.indexOf(Math.max(...lacks));
    parts[chosen] = (parts[chosen] as number) + step;
    left -= step;
  }
  return parts;
}

/** Another seed for each name, the same in every run. */
function seedFor(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) >>> 1;
}
