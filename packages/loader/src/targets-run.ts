import type { RunState, Target, TargetNumbers, TargetStrategy } from '@trafficinator/contract';
import { type Books, sumOf } from './account/books.ts';
import { targetNumbers } from './account/summary.ts';
import type { Router } from './route/router.ts';
import type { LiveRun } from './run.ts';
import type { EndReason } from './run-parts.ts';

/** A target and the run that sends to it. */
export interface TargetRun {
  readonly target: Target;
  readonly run: LiveRun;
}

const rememberedRoutes = 100_000;

/**
 * Says which target a visit goes to: to the one the router names, or, if rerouting is wanted and that one
 * takes no visits, to the next that does. A visit's way is decided once, whoever asks first.
 */
export class Routes {
  readonly #router: Router;
  readonly #count: number;
  readonly #healthy: ((at: number) => boolean) | null;
  readonly #decided = new Map<number, number>();

  /** `healthy`: whether a target takes visits, for rerouting; null: never reroute. */
  constructor(router: Router, count: number, healthy: ((at: number) => boolean) | null) {
    this.#router = router;
    this.#count = count;
    this.#healthy = healthy;
  }

  /** Whether visit `index` goes to target number `at`. */
  leadTo(at: number, index: number): boolean {
    const route = this.#router(index);
    if (this.#healthy === null || route.length > 1) return route.includes(at);
    let chosen = this.#decided.get(index);
    if (chosen === undefined) {
      chosen = this.#choose(route[0] as number, this.#healthy);
      this.#decided.set(index, chosen);
      if (this.#decided.size > rememberedRoutes) {
        const { value: oldest } = this.#decided.keys().next();
        if (oldest !== undefined) this.#decided.delete(oldest);
      }
    }
    return chosen === at;
  }

  #choose(first: number, healthy: (at: number) => boolean): number {
    for (let step = 0; step < this.#count; step++) {
      const at = (first + step) % this.#count;
      if (healthy(at)) return at;
    }
    return first;
  }
}

/** Live runs to several targets as one: they share arrivals and caps, and nothing else. */
export class TargetsRun {
  readonly targets: readonly TargetRun[];
  readonly #strategy: TargetStrategy;
  readonly #states = new Map<LiveRun, RunState>();

  constructor(targets: readonly TargetRun[], strategy: TargetStrategy) {
    this.targets = targets;
    this.#strategy = strategy;
  }

  /** Runs to the end of the last target's run. */
  async start(): Promise<EndReason> {
    const reasons = await Promise.all(this.targets.map(({ run }) => run.start()));
    const { targets } = this;
    if (targets.length > 1 && targets.every(({ run }) => run.refused)) return 'target_refuses';
    return reasons.find((reason) => reason !== 'signal') ?? 'signal';
  }

  stop(): void {
    for (const { run } of this.targets) run.stop();
  }

  /** A target's run is in another state; the state of all: the most active one. */
  became(run: LiveRun, state: RunState): RunState {
    this.#states.set(run, state);
    const order: readonly RunState[] = ['running', 'draining', 'paused', 'finished', 'failed'];
    const states = [...this.#states.values()];
    return order.find((each) => states.includes(each)) ?? state;
  }

  get books(): Books {
    return sumOf(this.targets.map(({ run }) => run.books));
  }

  /** Open when no target takes visits. */
  get breaker(): LiveRun['breaker'] | { readonly state: 'closed' } {
    const bad = this.targets.filter(({ run }) => run.breaker.state !== 'closed');
    const first = bad[0];
    return first !== undefined && bad.length === this.targets.length
      ? first.run.breaker
      : { state: 'closed' };
  }

  /** Each target's part. */
  get numbers(): TargetNumbers[] {
    return this.targets.map(({ target, run }) => {
      const health = run.refused ? 'refused' : run.healthy ? 'healthy' : 'unreachable';
      return targetNumbers({ ...target, health }, run.books);
    });
  }

  get inFlight(): number {
    return this.#sum(({ run }) => run.inFlight);
  }

  get waiting(): number {
    return this.#sum(({ run }) => run.waiting);
  }

  get resumes_ms(): number | null {
    const pauses = this.targets.flatMap(({ run }) => run.resumes_ms ?? []);
    return pauses.length === this.targets.length ? Math.min(...pauses) : null;
  }

  get achievedPerDay(): number {
    const sum = this.#sum(({ run }) => run.achievedPerDay);
    return this.#strategy === 'mirror' ? sum / this.targets.length : sum;
  }

  today(): { readonly date: string; readonly visits: number } {
    const days = this.targets.map(({ run }) => run.today());
    const first = days[0] ?? { date: '1970-01-01', visits: 0 };
    if (this.#strategy !== 'independent') return first;
    return { date: first.date, visits: days.reduce((sum, day) => sum + day.visits, 0) };
  }

  #sum(of: (target: TargetRun) => number): number {
    return this.targets.reduce((sum, target) => sum + of(target), 0);
  }
}
