import { backfillReport, runSummary } from '@trafficinator/contract';
import type { Logger } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { Runner } from '../../ports/runner.ts';
import type { Run, RunEnd, Runs } from '../../ports/store/runs.ts';
import { keptOf, numbersLeft, numbersTold } from '../backfill-numbers.ts';
import type { Hub } from '../hub.ts';
import { Series } from '../watch/series.ts';
import type { Seen } from '../watch/watch.ts';
import { exitWords } from './exit-words.ts';
import { progressOf } from './progress.ts';
import { combined, resultOfLegs } from './results.ts';
import { StartSignals } from './start-signals.ts';

export interface RunBookParts {
  readonly runs: Runs;
  readonly runner: Runner;
  readonly files: Files;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Open {
  readonly run: Run;
  readonly series: Series;
  /** When each instance had ended before this run began: that end is not this run's. */
  readonly earlier: ReadonlyMap<string, string | null>;
  closing: boolean;
}

/** SIGKILL, SIGTERM, SIGINT, and what an engine says that lost a container. */
const cutOffCodes: ReadonlySet<number> = new Set([137, 143, 130, 255]);
/** An instance that nobody finds any more is given up after so many looks. */
const looksUntilLost = 30;
/** Between the summaries of two processes lies all that the second one logged. */
const summaryLines = 2_000;

/** Keeps the record of runs: begins them, follows their numbers, and notes what became of them. */
export class RunBook {
  readonly #parts: RunBookParts;
  readonly #open = new Map<string, Open>();
  readonly #unseen = new Map<string, number>();
  /** Instances that somebody asked to stop: their end is no accident. */
  readonly #asked = new Set<string>();
  readonly #signals: StartSignals;
  /** Nobody could look for a while: loaders may have been cut off with their engine. */
  #outage = true;
  #latest: Run | null = null;

  constructor(parts: RunBookParts) {
    this.#parts = parts;
    this.#signals = new StartSignals(parts.files);
  }

  /** The live run under way, or the last one. */
  get latest(): Run | null {
    return this.#latest;
  }

  /** Runs under way. */
  get open(): readonly Run[] {
    return [...this.#open.values()].map(({ run }) => run);
  }

  /** Takes up what was under way when the service ended. */
  async takeUp(): Promise<void> {
    for (const run of await this.#parts.runs.open()) this.#follow(run, new Map());
    const { items } = await this.#parts.runs.list({ limit: 1, cursor: null }, 'live');
    this.#latest = this.open.findLast(({ kind }) => kind === 'live') ?? items[0] ?? null;
  }

  /** Before its instances are started. */
  async begin(run: Run): Promise<void> {
    const before = await Promise.all(run.instances.map((id) => this.#parts.runner.find(id)));
    const earlier = new Map(
      before.flatMap((each) => (each === null ? [] : [[each.id, each.finished_at] as const])),
    );
    await this.#parts.runs.begin(run);
    if (run.kind === 'live') this.#latest = run;
    for (const id of run.instances) this.#asked.delete(id);
    this.#follow(run, earlier);
    this.#parts.hub.publish('run', { id: run.id, kind: run.kind, state: 'begun' });
  }

  /** Before an instance is asked to stop. */
  expectStop(ids: readonly string[]): void {
    for (const id of ids) this.#asked.add(id);
  }

  /** The runner did not answer in a round. */
  missed(): void {
    this.#outage = true;
  }

  /** It never came to work. */
  async fail(id: string, reason: string): Promise<void> {
    await this.#close(id, 'failed', reason, null);
  }

  /**
   * What was seen in a round: counts it, and closes runs whose instances have all ended. What an engine's
   * restart cut off is started again: its state says where it goes on.
   */
  async see(all: readonly Seen[]): Promise<void> {
    const after_outage = this.#outage;
    this.#outage = false;
    await this.#signals.see(this.open, all);
    const byId = new Map(all.map((seen) => [seen.instance.id, seen]));
    for (const [id, open] of this.#open) {
      const seen = open.run.instances.flatMap((instance) => byId.get(instance) ?? []);
      await this.#count(id, open, seen);
      if (open.closing) continue;
      const ended = seen.filter(
        ({ instance: { id: instance, state, finished_at } }) =>
          state === 'exited' && open.earlier.get(instance) !== finished_at,
      );
      if (after_outage && (await this.#revive(open, ended))) continue;
      if (ended.length === open.run.instances.length) await this.#end(id, open, ended);
      else await this.#missing(id, open, seen.length);
    }
  }

  #follow(run: Run, earlier: Open['earlier']): void {
    this.#open.set(run.id, { run, series: new Series(), earlier, closing: false });
  }

  async #count(id: string, open: Open, seen: readonly Seen[]): Promise<void> {
    const { runs, clock } = this.#parts;
    const said = seen.flatMap(({ instance, told, silent }) => {
      const progress = told === null || silent ? null : progressOf(told);
      return progress === null ? [] : [{ id: instance.id, ...progress }];
    });
    if (said.length === 0) return;
    const counters = said.map((each) => [each.id, each.counters] as const);
    const points = open.series.add(clock.now(), new Map(counters));
    if (points.length === 0) return;
    await runs.append(id, points);
    await runs.progress(id, combined(said.map(({ result }) => result)));
  }

  /** Starts again what ended by a signal that nobody here sent; whether there was such a one. */
  async #revive(open: Open, ended: readonly Seen[]): Promise<boolean> {
    const cut = ended.filter(
      ({ instance: { id, exit_code } }) =>
        !this.#asked.has(id) && (exit_code === null || cutOffCodes.has(exit_code)),
    );
    for (const { instance } of cut) {
      this.#parts.log.warn(
        { instance: instance.id, run: open.run.id },
        'starting again what was cut off',
      );
      // One that was made to begin a new run must not begin another.
      const command = [open.run.kind === 'live' ? 'run' : 'backfill', '--json'];
      await this.#parts.runner.create({ id: instance.id, role: instance.role, command });
      await this.#parts.runner.start(instance.id);
    }
    return cut.length > 0;
  }

  async #missing(id: string, open: Open, found: number): Promise<void> {
    if (found >= open.run.instances.length) {
      this.#unseen.delete(id);
      return;
    }
    const looks = (this.#unseen.get(id) ?? 0) + 1;
    this.#unseen.set(id, looks);
    if (looks >= looksUntilLost) {
      await this.#close(id, 'lost', 'The loader vanished without telling its end.', null);
    }
  }

  async #end(id: string, open: Open, ended: readonly Seen[]): Promise<void> {
    open.closing = true;
    const results = await Promise.all(ended.map((seen) => this.#resultOf(open, seen)));
    const known = results.filter((result) => result !== null);
    const codes = ended.map(({ instance }) => instance.exit_code);
    const reasons = known.flatMap(({ exit_reason }) =>
      typeof exit_reason === 'string' ? [exit_reason] : [],
    );
    await this.#close(
      id,
      endOf(codes),
      reasons[0] ?? exitWords(codes),
      known.length === 0 ? null : combined(known),
    );
  }

  /** The loader's own closing words, of each process that was part of the run; or a backfill's report. */
  async #resultOf(
    open: Open,
    { instance: { id }, told }: Seen,
  ): Promise<Record<string, unknown> | null> {
    const schema = open.run.kind === 'live' ? runSummary : backfillReport;
    if (open.run.kind === 'backfill') {
      const { files } = this.#parts;
      const reports = await files.reports(id).catch(() => []);
      const left = reports.flatMap((report) => backfillReport.safeParse(report).data ?? []);
      const settings = await files.settingsOf(id).catch(() => null);
      const numbers = numbersLeft(left, settings ?? open.run.settings, numbersTold(told));
      if (numbers !== null) return keptOf(numbers);
    }
    const lines = await this.#parts.runner
      .logs(id, { lines: summaryLines, since: open.run.started_at })
      .catch(() => []);
    const summaries = lines.flatMap(({ stream, text }) => {
      const read = stream === 'stdout' ? schema.safeParse(parsed(text)) : null;
      return read?.success ? [read.data] : [];
    });
    return open.run.kind === 'live' ? resultOfLegs(summaries) : (summaries.at(-1) ?? null);
  }

  async #close(
    id: string,
    end: RunEnd,
    reason: string | null,
    result: Record<string, unknown> | null,
  ): Promise<void> {
    const { runs, hub, clock, log } = this.#parts;
    const open = this.#open.get(id);
    if (open === undefined) return;
    const points = open.series.flush();
    if (points.length > 0) await runs.append(id, points);
    const at = new Date(clock.now()).toISOString();
    await runs.finish(id, end, reason, at, result);
    this.#open.delete(id);
    this.#unseen.delete(id);
    if (this.#latest?.id === id) this.#latest = { ...open.run, end, reason, ended_at: at, result };
    log.info({ run: id, end, reason }, 'a run ended');
    hub.publish('run', { id, kind: open.run.kind, state: end, reason });
  }
}

function endOf(codes: readonly (number | null)[]): RunEnd {
  if (codes.every((code) => code === 0 || code === 4)) return 'finished';
  return codes.every((code) => code !== null && [0, 4, 130, 143].includes(code))
    ? 'stopped'
    : 'failed';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
