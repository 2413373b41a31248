import { rateOf, type Settings, type Shard, shareOf, type Target } from '@trafficinator/contract';

/** How much a run is asked for. */
export interface Volume {
  /** Arrival rate of the schedule. */
  readonly visits_per_day: number;
  /** Caps on visits begun; 0: none. */
  readonly max_visits_per_day: number;
  readonly max_visits: number;
}

type VolumeSettings = Pick<Settings, 'target_visits_per_day' | 'max_visits_per_day' | 'max_visits'>;
type OwnVolume = Pick<Target, 'target_visits_per_day' | 'max_visits_per_day' | 'max_visits'>;

/** What the settings ask for; `own`: what a target says of its own volume, when it has one. */
export function volumeOf(settings: VolumeSettings, own: OwnVolume | null = null): Volume {
  return {
    visits_per_day: own?.target_visits_per_day ?? settings.target_visits_per_day,
    max_visits_per_day: stricter(settings.max_visits_per_day, own?.max_visits_per_day ?? null),
    max_visits: stricter(settings.max_visits, own?.max_visits ?? null),
  };
}

/** A shard's part of a volume. */
export const partOf = (shard: Shard | null, volume: Volume): Volume => ({
  visits_per_day: rateOf(shard, volume.visits_per_day),
  max_visits_per_day: shareOf(shard, volume.max_visits_per_day),
  max_visits: shareOf(shard, volume.max_visits),
});

/** Visits of a day, or on average of days, that have so many times the volume. */
export function atLevel({ visits_per_day }: Volume, level: number): number {
  return level === 1 ? visits_per_day : Math.round(visits_per_day * level * 10) / 10;
}

/** Several volumes as one; a cap that one of them lacks is none. */
export function sumOfVolumes(volumes: readonly Volume[]): Volume {
  const sum = (of: (volume: Volume) => number) =>
    volumes.reduce((total, volume) => total + of(volume), 0);
  const capOf = (of: (volume: Volume) => number) =>
    volumes.some((volume) => of(volume) === 0) ? 0 : sum(of);
  return {
    visits_per_day: sum((volume) => volume.visits_per_day),
    max_visits_per_day: capOf((volume) => volume.max_visits_per_day),
    max_visits: capOf((volume) => volume.max_visits),
  };
}

/** The stricter of two caps, where 0 or null is none. */
export function stricter(cap: number, own: number | null): number {
  if (own === null || own === 0) return cap;
  return cap === 0 ? own : Math.min(cap, own);
}
