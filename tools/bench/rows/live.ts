import { join } from 'node:path';
import type { Settings } from '../../../packages/contract/src/index.ts';
import { LiveJournal } from '../../../packages/loader/src/account/journal.ts';
import { Ledger } from '../../../packages/loader/src/account/ledger/ledger.ts';
import { systemClock } from '../../../packages/loader/src/edge/clock.ts';
import { userAgent } from '../../../packages/loader/src/edge/version.ts';
import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import { LiveRun } from '../../../packages/loader/src/run.ts';
import { HttpTransport } from '../../../packages/loader/src/send/transport.ts';
import { query, seed, settingsWith } from './ground.ts';

const day_seconds = 86_400;
/** Ends of hits that come from ending the run, not from the far end. */
const cutShort: readonly string[] = ['shutdown', 'aborted'];

/** A live run as the command line makes it, against one sink, with a state file of its own. */
export class LiveBench {
  readonly #settings: Partial<Settings>;
  readonly #transport: HttpTransport;
  readonly #journal: LiveJournal;
  readonly #withLedger: boolean;
  #next = 0;
  #hits = 0;

  constructor(
    url: string,
    connections: number,
    directory: string,
    settings: Partial<Settings>,
    withLedger: boolean,
  ) {
    this.#settings = settings;
    this.#withLedger = withLedger;
    this.#journal = new LiveJournal(join(directory, 'live.sqlite'));
    this.#transport = new HttpTransport({
      url,
      token: null,
      connections,
      connect_timeout_ms: 10_000,
      request_timeout_ms: 30_000,
      ca: null,
      tls_insecure: false,
      user_agent: userAgent,
    });
  }

  /** All hits that were accepted in the runs so far. */
  get hits(): number {
    return this.#hits;
  }

  /** Lets visits arrive at a rate while `during` looks on, then lets them finish. Throws when a hit is lost. */
  async run<T>(
    visits_per_second: number,
    duration_ms: number | null,
    during: (run: LiveRun) => Promise<T>,
  ): Promise<T> {
    const settings = settingsWith({
      ...this.#settings,
      target_visits_per_day: visits_per_second * day_seconds,
    });
    this.#journal.begin({
      run_id: `bench-${this.#next}`,
      seed,
      started_at_ms: systemClock.now(),
      settings_digest: '',
    });
    const run = new LiveRun({
      clock: systemClock,
      settings,
      plan: compilePlan(settings, builtinMaterial(), seed),
      seed,
      transport: this.#transport,
      state: this.#journal,
      query,
      from: { index: this.#next, visits: 0, active_ms: 0 },
      duration_ms,
      ledger: this.#withLedger ? new Ledger({ timezone: settings.timezone }) : null,
      events: { changed: () => {}, beat: () => {} },
    });
    const ended = run.start();
    const found = await during(run);
    run.stop();
    await ended;
    const { visits, hits } = run.books.tally;
    this.#next += visits.planned;
    this.#hits += hits.accepted;
    const lost = run.books.tally.reasons().filter(({ reason }) => !cutShort.includes(reason));
    if (lost.length > 0) throw new Error(`the sink did not take all hits: ${JSON.stringify(lost)}`);
    return found;
  }

  async close(): Promise<void> {
    await this.#transport.destroy();
    this.#journal.close();
  }
}
