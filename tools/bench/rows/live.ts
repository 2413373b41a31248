import { join } from 'node:path';
import type { Settings } from '../../../packages/contract/src/index.ts';
import { LiveJournal } from '../../../packages/loader/src/account/journal.ts';
import { Ledger } from '../../../packages/loader/src/account/ledger/ledger.ts';
import { systemClock } from '../../../packages/loader/src/edge/clock.ts';
import { userAgent } from '../../../packages/loader/src/edge/version.ts';
import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import type { LiveRun } from '../../../packages/loader/src/run.ts';
import { HttpTransport } from '../../../packages/loader/src/send/transport.ts';
import { soleRun } from '../../../packages/loader/src/sole-run.ts';
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
      allow_private: true,
      user_agent: userAgent,
    });
  }

  /** All hits that were accepted in the runs so far. */
  get hits(): number {
    return this.#hits;
  }

  /** Lets so many visits arrive as good as at once; resolves when all their hits are answered. */
  async burst(visits: number): Promise<void> {
    const run = this.#newRun({ target_visits_per_day: 1e12, max_visits: visits });
    await run.start();
    this.#account(run);
  }

  /** Lets visits arrive at a rate while `during` looks on, then lets them finish. */
  async stream<T>(visits_per_second: number, during: (run: LiveRun) => Promise<T>): Promise<T> {
    const run = this.#newRun({ target_visits_per_day: visits_per_second * day_seconds });
    const ended = run.start();
    const found = await during(run);
    run.stop();
    await ended;
    this.#account(run);
    return found;
  }

  #newRun(changes: Partial<Settings>): LiveRun {
    const settings = settingsWith({ ...this.#settings, ...changes });
    this.#journal.begin({
      run_id: `bench-${this.#next}`,
      seed,
      started_at_ms: systemClock.now(),
      settings_digest: '',
    });
    return soleRun({
      clock: systemClock,
      settings,
      plan: compilePlan(settings, builtinMaterial(), seed),
      seed,
      transport: this.#transport,
      state: this.#journal,
      query,
      from: { index: this.#next, visits: 0, active_ms: 0 },
      started_at_ms: systemClock.now(),
      duration_ms: null,
      ledger: this.#withLedger ? new Ledger({ timezone: settings.timezone }) : null,
      events: { changed: () => {}, beat: () => {} },
    });
  }

  /** Throws when a hit did not arrive. */
  #account({ books }: LiveRun): void {
    const { visits, hits } = books.tally;
    this.#next += visits.planned;
    this.#hits += hits.accepted;
    const lost = books.tally.reasons().filter(({ reason }) => !cutShort.includes(reason));
    if (lost.length > 0) throw new Error(`the sink did not take all hits: ${JSON.stringify(lost)}`);
  }

  async close(): Promise<void> {
    await this.#transport.destroy();
    this.#journal.close();
  }
}
