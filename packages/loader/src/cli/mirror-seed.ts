import { type Settings, targetsOf } from '@trafficinator/contract';
import { decidingSettings } from '../backfill/identity.ts';
import type { Leg } from '../backfill/legs.ts';
import { goesOn } from '../backfill/take-up.ts';
import { systemClock } from '../edge/clock.ts';
import { materialDigest } from '../edge/identity.ts';
import { openBatches } from '../edge/state.ts';
import type { Material } from '../plan/material/material.ts';

/**
 * The seed of a mirrored backfill that one of the targets goes on with: the others must follow it, to get
 * the same visits. Null when none does, or when the targets do not mirror one another. Throws a Failure
 * when a target's journal is in use or unusable.
 */
export function mirrorSeed(
  legs: readonly Leg[],
  settings: Settings,
  material: Material,
): number | null {
  if (targetsOf(settings).list.strategy !== 'mirror') return null;
  const digest = materialDigest(material);
  for (const leg of legs) {
    const seed = begunSeed(leg, digest);
    if (seed !== null) return seed;
  }
  return null;
}

function begunSeed({ target, settings }: Leg, digest: string): number | null {
  const journal = openBatches(settings, target);
  try {
    const latest = journal.latest();
    if (latest === null) return null;
    const deciding = decidingSettings(settings, digest, target.features);
    const now_ms = systemClock.now();
    const same = goesOn(latest, { settings, deciding, seed: null, zone: latest.zone, now_ms });
    return same ? latest.seed : null;
  } finally {
    journal.close();
  }
}
