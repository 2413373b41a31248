import { addDays, defaultSettings, type Settings } from '@trafficinator/contract';
import { SqliteBatchJournal } from '../account/batches/batch-journal.ts';
import { BatchMaker } from '../backfill/batch-maker.ts';
import { Halt } from '../backfill/halt.ts';
import { BackfillRun } from '../backfill/run.ts';
import { BackfillSchedule } from '../pace/backfill/backfill-schedule.ts';
import type { Clock } from '../pace/clock.ts';
import { backfillRhythm } from '../pace/rhythm.ts';
import { VirtualClock } from '../pace/virtual-clock.ts';
import { type Crowd, compileCrowd } from '../plan/crowd/crowd.ts';
import { longestVisit_ms } from '../plan/longest-visit.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import type { Answer } from '../send/answer.ts';
import { MemoryMatomo } from './memory-matomo.ts';

const zone = 'Europe/Stockholm';
const cut_ms = Date.UTC(2030, 0, 1);
const query = { site_id: 1, with_location: true, order_prefix: 'B-' };

export interface BackfillChoices {
  readonly days: number;
  readonly seed: number;
  readonly lanes: number;
  /** The built-in one, if nothing else is said. */
  readonly material: Material;
}

/** What a whole backfill is made of, and one after another the processes that work on it. */
export class BackfillRehearsal {
  readonly clock = new VirtualClock();
  readonly matomo = new MemoryMatomo(this.clock);
  readonly journal = new SqliteBatchJournal(':memory:');
  readonly schedule: BackfillSchedule;
  readonly maker: BatchMaker;
  readonly #crowd: Crowd | null;
  readonly #settings: Settings;
  readonly #seed: number;
  readonly #material: Material;

  /** `perDay`: visits. The first day is the one on which Stockholm's clocks go forward. */
  constructor(
    perDay: number,
    changes: Partial<Settings> = {},
    choices: Partial<BackfillChoices> = {},
  ) {
    const { days = 3, seed = 5, lanes = 2, material = builtinMaterial() } = choices;
    this.#seed = seed;
    this.#material = material;
    this.#settings = {
      ...defaultSettings,
      target_visits_per_day: perDay,
      backfill_max_visits_per_day: 0,
      backfill_max_visits_total: 0,
      backfill_weekday_factors: [1, 1, 1, 1, 1, 1, 1],
      ecommerce_probability: 0.3,
      matomo_token_auth: 'token',
      ...changes,
    };
    const first_day = '2026-03-29';
    const window = { first_day, last_day: addDays(first_day, days - 1), days };
    const longest_visit_ms = longestVisit_ms(this.#settings, material);
    this.schedule = new BackfillSchedule(window, zone, cut_ms, seed, {
      ...this.#settings,
      longest_visit_ms,
    });
    const rhythm = backfillRhythm(this.schedule, this.#settings, longest_visit_ms);
    this.#crowd = compileCrowd(this.#settings, rhythm, seed);
    this.maker = new BatchMaker(this.#plan(), this.schedule, seed, 1, query, this.#crowd);
    this.journal.begin({
      run_id: 'backfill-r',
      seed,
      zone,
      first_day,
      days,
      cut_ms,
      lanes,
      settings: {},
      started_at_ms: this.clock.now(),
    });
  }

  /** Every query of the plan, sorted. */
  get planned(): string[] {
    const everything = { lane: 0, first_index: 0, end_index: this.schedule.visits, opener: false };
    return this.maker.queriesOf(this.maker.hitsOf(everything)).sort();
  }

  /** A new process; `changes`: settings that it has otherwise. */
  process(changes: Partial<Settings> = {}): RehearsedProcess {
    const settings = { ...this.#settings, ...changes };
    const backfill = this.journal.latest();
    if (backfill === null) throw new Error('the journal has forgotten its backfill');
    const { clock, matomo, journal, schedule } = this;
    const plan = this.#plan();
    const { funnels } = this.#material;
    const crowd = this.#crowd;
    const facts = { settings, plan, crowd, schedule, backfill, journal, query, funnels };
    return new RehearsedProcess(clock, matomo, facts);
  }

  #plan() {
    return compilePlan(this.#settings, this.#material, this.#seed, this.#crowd);
  }
}

type Facts = Pick<
  ConstructorParameters<typeof BackfillRun>[0],
  'settings' | 'plan' | 'crowd' | 'schedule' | 'backfill' | 'journal' | 'query' | 'funnels'
>;

/** One process of a backfill under virtual time, which can be killed: nothing of it happens after that. */
export class RehearsedProcess {
  readonly run: BackfillRun;
  readonly #clock: VirtualClock;
  #alive = true;
  #ended: { readonly filled: boolean } | { readonly error: unknown } | null = null;

  constructor(clock: VirtualClock, matomo: MemoryMatomo, facts: Facts) {
    this.#clock = clock;
    const aborts = new Set<() => void>();
    const exchange = (bulk: boolean, queries: readonly string[], answered: (a: Answer) => void) => {
      const end = (answer: Answer) => {
        if (aborts.delete(abort) && this.#alive) answered(answer);
      };
      const abort = () => end({ kind: 'none', sent: true, code: 'aborted' });
      aborts.add(abort);
      const timeout_ms = facts.settings.request_timeout_seconds * 1000;
      this.#clock.after(timeout_ms, () => end({ kind: 'none', sent: true, code: 'timeout' }));
      matomo.take(bulk, queries, end);
    };
    this.run = new BackfillRun({
      ...facts,
      clock: this.#mortalClock(),
      bulk: facts.settings.delivery !== 'single',
      transport: {
        send: (text, answered) => exchange(false, [text], answered),
        sendBulk: (body, answered) => exchange(true, queriesIn(body), answered),
        destroy: async () => {
          for (const abort of [...aborts]) abort();
        },
      },
      reporting: {
        ask: async (parameters) => {
          const answer = await matomo.ask(parameters);
          return this.#alive ? answer : new Promise(() => {});
        },
        close: async () => {},
      },
    });
    this.run.start().then(
      (filled) => {
        this.#ended = { filled };
      },
      (error: unknown) => {
        this.#ended = { error };
      },
    );
  }

  kill(): void {
    this.#alive = false;
  }

  /** Whether it filled the window, or the error that it ended with; null while it runs. */
  get ended(): { readonly filled: boolean } | { readonly error: unknown } | null {
    return this.#ended;
  }

  /** Moves time until the process has ended; throws when it does not. */
  async toEnd(longest_ms = 40 * 3_600_000): Promise<{ readonly filled: boolean }> {
    const latest_ms = this.#clock.elapsed() + longest_ms;
    while (this.#ended === null) {
      if (this.#clock.elapsed() > latest_ms) throw new Error('the backfill does not end');
      await this.#clock.advance(500);
    }
    if ('error' in this.#ended) throw this.#ended.error;
    return this.#ended;
  }

  #mortalClock(): Clock {
    const clock = this.#clock;
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (delay_ms, callback) => clock.after(delay_ms, () => this.#alive && callback()),
      cancel: (timer) => clock.cancel(timer),
    };
  }
}

/** Moves time until the process has ended; the Halt that it ended with, or null. */
export async function haltOf(process: RehearsedProcess): Promise<Halt | null> {
  try {
    await process.toEnd();
    return null;
  } catch (error) {
    if (error instanceof Halt) return error;
    throw error;
  }
}

function queriesIn(body: string | Uint8Array): string[] {
  const { requests } = JSON.parse(Buffer.from(body).toString()) as { requests: string[] };
  return requests.map((query) => query.slice(1));
}
