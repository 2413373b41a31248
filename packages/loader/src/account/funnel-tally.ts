import type { FunnelNumbers } from '@trafficinator/contract';
import type { FunnelTrack, Hit } from '../plan/visit.ts';

interface Counts {
  starts: number;
  readonly steps: number[];
  completions: number;
}

interface FunnelCounts {
  readonly planned: Counts;
  readonly delivered: Counts;
}

const noCounts = (steps: number): Counts => ({
  starts: 0,
  steps: new Array<number>(steps).fill(0),
  completions: 0,
});

/** How far visitors come in each funnel. A step is reached when its hit was accepted. */
export class FunnelTally {
  readonly #byName = new Map<string, FunnelCounts>();

  /** Funnels that are known before a visit takes them, in the order in which they are told. */
  constructor(funnels: readonly { readonly name: string; readonly steps: readonly unknown[] }[]) {
    for (const { name, steps } of funnels) this.#countsOf(name, steps.length);
  }

  /** A visit with a funnel has arrived. */
  planned(track: FunnelTrack): void {
    const { planned } = this.#countsOf(track.name, track.length);
    for (const [at, hit] of track.steps.entries()) if (hit !== null) reach(planned, track, at);
  }

  /** A hit of a visit with a funnel was accepted. */
  accepted(track: FunnelTrack, hit: Hit): void {
    const at = track.steps.indexOf(hit);
    if (at >= 0) reach(this.#countsOf(track.name, track.length).delivered, track, at);
  }

  /** Adds what was counted elsewhere. */
  add(numbers: readonly FunnelNumbers[]): void {
    for (const { name, planned, ...delivered } of numbers) {
      const to = this.#countsOf(name, planned.steps.length);
      addTo(to.planned, planned);
      addTo(to.delivered, delivered);
    }
  }

  numbers(): FunnelNumbers[] {
    return [...this.#byName].map(([name, { planned, delivered }]) => ({
      name,
      ...copyOf(delivered),
      planned: copyOf(planned),
    }));
  }

  #countsOf(name: string, steps: number): FunnelCounts {
    let counts = this.#byName.get(name);
    if (counts === undefined) {
      counts = { planned: noCounts(steps), delivered: noCounts(steps) };
      this.#byName.set(name, counts);
    }
    return counts;
  }
}

function addTo(to: Counts, from: Counts): void {
  to.starts += from.starts;
  to.completions += from.completions;
  for (const [at, reached] of from.steps.entries()) to.steps[at] = (to.steps[at] ?? 0) + reached;
}

const copyOf = (counts: Counts): Counts => ({ ...counts, steps: [...counts.steps] });

/** Steps that the target is spared do not keep a funnel from being begun or completed. */
function reach(counts: Counts, { steps, length }: FunnelTrack, at: number): void {
  counts.steps[at] = (counts.steps[at] ?? 0) + 1;
  if (at === steps.findIndex((hit) => hit !== null)) counts.starts++;
  const last = steps.findLastIndex((hit) => hit !== null);
  if (at === last && steps.length === length) counts.completions++;
}
