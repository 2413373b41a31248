import { CapGate } from './account/cap-gate.ts';
import { Caps } from './account/caps.ts';
import { LiveRun } from './run.ts';
import type { LiveRunParts } from './run-parts.ts';
import type { Transport } from './send/answer.ts';

/** What a run with one target is put together from; the caps and the rate come from its settings. */
export type SoleRunParts = Omit<
  LiveRunParts,
  'delivery' | 'gate' | 'own_caps' | 'visits_per_day' | 'mine' | 'sole'
> & { readonly transport: Transport };

/** A run whose only target gets every visit, one request per hit. */
export function soleRun({ transport, ...parts }: SoleRunParts): LiveRun {
  const { settings, state, from } = parts;
  const caps = new Caps(
    state,
    settings.timezone,
    settings.max_visits_per_day,
    settings.max_visits,
    from.visits,
  );
  return new LiveRun({
    ...parts,
    delivery: { kind: 'single', transport },
    gate: new CapGate(caps),
    own_caps: null,
    visits_per_day: settings.target_visits_per_day,
    mine: () => true,
    sole: true,
  });
}
