import { inShard, shardOf } from '@trafficinator/contract';
import { CapGate } from './account/cap-gate.ts';
import { Caps } from './account/caps.ts';
import { partOf, volumeOf } from './account/volume.ts';
import { LiveRun } from './run.ts';
import type { LiveRunParts } from './run-parts.ts';
import type { Transport } from './send/answer.ts';

/** What a run with one target is put together from; the caps and the rate come from its settings. */
export type SoleRunParts = Omit<
  LiveRunParts,
  'delivery' | 'gate' | 'own_caps' | 'volume' | 'visits_per_day' | 'mine' | 'sole' | 'events'
> & {
  readonly transport: Transport;
  readonly own_caps?: Caps | null;
  readonly events: Omit<LiveRunParts['events'], 'refused'>;
};

/** A run whose only target gets every visit, one request per hit. */
export function soleRun({ transport, own_caps = null, ...parts }: SoleRunParts): LiveRun {
  const { settings, state, from } = parts;
  const shard = shardOf(settings);
  const whole = volumeOf(settings);
  const volume = partOf(shard, whole);
  const caps = new Caps(
    state,
    settings.timezone,
    volume.max_visits_per_day,
    volume.max_visits,
    from.visits,
  );
  return new LiveRun({
    ...parts,
    delivery: { kind: 'single', transport },
    gate: new CapGate(caps),
    own_caps,
    volume,
    visits_per_day: whole.visits_per_day,
    mine: (index) => inShard(shard, index),
    sole: true,
    events: { ...parts.events, refused: () => {} },
  });
}
