import type { RunState, Target, TargetNumbers, TargetStrategy } from '@trafficinator/contract';
import { type Books, sumOf } from './account/books.ts';
import { targetNumbers } from './account/summary.ts';
import { sumOfVolumes, type Volume } from './account/volume.ts';
import { type SourceEnd, worstOf } from './live-end.ts';
import type { LiveSource } from './live-sources.ts';
import type { LiveRun } from './run.ts';
import type { EndReason } from './run-parts.ts';
import { StateOfAll, type ToldState } from './state-of-all.ts';

/** A target and the run that sends to it. */
export interface TargetRun {
  readonly target: Target;
  readonly run: LiveRun;
}

/** The runs that share a source. */
export interface SourceRuns {
  readonly source: LiveSource;
  readonly volume: Volume;
  readonly runs: readonly TargetRun[];
}

/** A target's run is in another state. */
export interface StateChange {
  readonly target: string;
  readonly state: RunState;
  readonly reason: string | null;
  /** Wall-clock moment at which its pause ends, or null. */
  readonly resumes_ms: number | null;
  /** The state of all runs, when that is another one now. */
  readonly all: ToldState | null;
}

/** Live runs to several targets as one: those of a source share arrivals and caps, and nothing else. */
export class TargetsRun {
  readonly targets: readonly TargetRun[];
  readonly #sources: readonly SourceRuns[];
  readonly #strategy: TargetStrategy;
  readonly #changed: (change: StateChange) => void;
  readonly #states = new StateOfAll<LiveRun>();

  constructor(
    sources: readonly SourceRuns[],
    strategy: TargetStrategy,
    changed: (change: StateChange) => void,
  ) {
    this.targets = sources.flatMap(({ runs }) => runs);
    this.#sources = sources;
    this.#strategy = strategy;
    this.#changed = changed;
  }

  /** Runs to the end of the last target's run; tells how each source ended. */
  start(): Promise<readonly SourceEnd[]> {
    return Promise.all(
      this.#sources.map(async ({ source, volume, runs }) => {
        const reasons = await Promise.all(runs.map((each) => this.#runToEnd(each)));
        return { source, volume, reason: worstOf(reasons) };
      }),
    );
  }

  stop(): void {
    for (const { run } of this.targets) run.stop();
  }

  /** A target's run tells of another state. */
  became({ target, run }: TargetRun, state: RunState, reason: string | null): void {
    const all = this.#states.became(run, state, reason);
    this.#changed({ target: target.name, state, reason, resumes_ms: run.resumes_ms, all });
  }

  /** A target refuses everything: when all of its source do, nothing is left to send there. */
  refusedBy(run: LiveRun): void {
    const runs = this.#sources.find((each) => each.runs.some((of) => of.run === run))?.runs ?? [];
    if (runs.every((each) => each.run.refused)) for (const each of runs) each.run.giveUp();
  }

  /** Whether this run is the first of those under way: one of them beats for all. */
  leads(run: LiveRun): boolean {
    return this.targets.find((each) => !each.run.over)?.run === run;
  }

  get books(): Books {
    return sumOf(this.targets.map(({ run }) => run.books));
  }

  /** What is asked for, over all sources. */
  get volume(): Volume {
    return sumOfVolumes(this.#sources.map(({ volume }) => volume));
  }

  /** Open when no target takes visits. */
  get breaker(): LiveRun['breaker'] | { readonly state: 'closed' } {
    const judged = this.#underWay.length > 0 ? this.#underWay : this.targets;
    const bad = judged.filter(({ run }) => run.breaker.state !== 'closed');
    const first = bad[0];
    return first !== undefined && bad.length === judged.length
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

  /** When the first pause ends, if all that are under way pause. */
  get resumes_ms(): number | null {
    const pauses = this.#underWay.flatMap(({ run }) => run.resumes_ms ?? []);
    const allPause = pauses.length > 0 && pauses.length === this.#underWay.length;
    return allPause ? Math.min(...pauses) : null;
  }

  get achievedPerDay(): number {
    const sum = this.#sum(({ run }) => run.achievedPerDay);
    return this.#strategy === 'mirror' ? sum / this.targets.length : sum;
  }

  /** Today's date and the visits begun on it, over all sources. */
  today(): { readonly date: string; readonly visits: number } {
    const days = this.#sources.flatMap(({ runs }) => runs[0]?.run.today() ?? []);
    const visits = days.reduce((sum, day) => sum + day.visits, 0);
    return { date: days[0]?.date ?? '1970-01-01', visits };
  }

  async #runToEnd(of: TargetRun): Promise<EndReason> {
    const reason = await of.run.start();
    if (this.#underWay.length > 0) this.became(of, 'finished', `ended: ${reason}`);
    return reason;
  }

  get #underWay(): readonly TargetRun[] {
    return this.targets.filter(({ run }) => !run.over);
  }

  #sum(of: (target: TargetRun) => number): number {
    return this.targets.reduce((sum, target) => sum + of(target), 0);
  }
}
