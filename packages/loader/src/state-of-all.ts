import type { RunState } from '@trafficinator/contract';

/** A state and why it holds. */
export interface ToldState {
  readonly state: RunState;
  readonly reason: string | null;
}

/** The first of these that some run is in is the state of all. */
const byActivity: readonly RunState[] = ['running', 'draining', 'paused', 'failed', 'finished'];

/** The states of several runs as one: that of the most active, with its reason. */
export class StateOfAll<Run> {
  readonly #states = new Map<Run, ToldState>();
  #told: ToldState | null = null;

  /** A run is in another state. Returns the state of all when that is another one now, else null. */
  became(run: Run, state: RunState, reason: string | null): ToldState | null {
    this.#states.set(run, { state, reason });
    const now = this.#mostActive();
    if (now.state === this.#told?.state && now.reason === this.#told.reason) return null;
    this.#told = now;
    return now;
  }

  #mostActive(): ToldState {
    const states = [...this.#states.values()];
    const rank = ({ state }: ToldState) => byActivity.indexOf(state);
    return states.reduce((first, each) => (rank(each) < rank(first) ? each : first));
  }
}
