import { type BackfillReport, backfillReport } from '@trafficinator/contract';
import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Ended, Environment, Loader } from './loader-process.ts';
import { Yard } from './loader-process.ts';

/** Backfills of a stand-in by the real command line, each in a process of its own. */
export class BackfillYard {
  readonly fake: FakeMatomo;
  readonly #yard: Yard;
  readonly #settings: Environment;

  constructor(fake: FakeMatomo, settings: Environment) {
    this.fake = fake;
    this.#yard = new Yard();
    this.#settings = settings;
  }

  static async open(settings: Environment): Promise<BackfillYard> {
    const fake = await startFakeMatomo({ default_site: { timezone: 'Europe/Stockholm' } });
    return new BackfillYard(fake, {
      MATOMO_URL: fake.tracker_url,
      MATOMO_TOKEN_AUTH: fake.token,
      LOG_LEVEL: 'WARNING',
      ...settings,
    });
  }

  /** A process with the memory `state`; `fileLimit`: as of a full disk, in half kibibytes a file. */
  start(
    state: string,
    changes: Environment = {},
    flags: readonly string[] = [],
    fileLimit: number | null = null,
  ): Loader {
    const environment = { ...this.#settings, STATE_DIR: this.path(state), ...changes };
    return this.#yard.start(environment, ['backfill', '--json', ...flags], fileLimit);
  }

  run(state: string, changes: Environment = {}, flags: readonly string[] = []): Promise<Ended> {
    return this.start(state, changes, flags).ended;
  }

  path(name: string): string {
    return this.#yard.path(name);
  }

  async close(): Promise<void> {
    await this.#yard.close();
    await this.fake.close();
  }
}

/** The report on the last line of stdout. Throws when its sums do not add up. */
export function reportOf({ out, err }: Pick<Ended, 'out' | 'err'>): BackfillReport {
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{"run_id"')) throw new Error(`no report on stdout: ${out}\n${err}`);
  const report = backfillReport.parse(JSON.parse(last));
  const { hits, visits, days, reasons, known_by } = report;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const sums: [number, number][] = [
    [hits.done, hits.accepted + hits.rejected + hits.failed + hits.unknown],
    [hits.accepted, known_by.answer + known_by.visitor_log + known_by.queue],
    [visits.planned, visits.done + visits.remaining],
    [visits.planned, sum(days.map((day) => day.planned_visits))],
    [visits.done, sum(days.map((day) => day.visits))],
    [hits.done, sum(days.map((day) => day.hits))],
    [hits.accepted, sum(days.map((day) => day.accepted))],
    [hits.done - hits.accepted, sum(reasons.map((reason) => reason.count))],
  ];
  for (const [at, [one, other]] of sums.entries()) {
    if (one !== other) throw new Error(`sum ${at} of the report is ${other}, not ${one}: ${last}`);
  }
  return report;
}
