import type { Clock } from '../pace/clock.ts';
import type { Answer } from '../send/answer.ts';

/** A tracking request as the far end gets it. */
export interface Arrived {
  /** Position among all tracking requests. */
  readonly order: number;
  readonly bulk: boolean;
  readonly queries: readonly string[];
  readonly at_ms: number;
}

/** What becomes of a request. */
export interface Handling {
  /** When its hits are recorded, in ms from now; null: never. */
  readonly commit_ms: number | null;
  /** When it is answered, in ms from now; null: never. */
  readonly answer_ms: number | null;
  /** null: as a Matomo does that recorded it. */
  readonly answer: Answer | null;
}

/** How long a look into the visitor log takes. */
const look_ms = 150;

export const good = (commit_ms = 20, answer_ms = commit_ms): Handling => ({
  commit_ms,
  answer_ms,
  answer: null,
});

/** Recorded or not, and then answered with something else than Matomo's yes. */
export const odd = (answer: Answer, commit_ms: number | null, answer_ms = 20): Handling => ({
  commit_ms,
  answer_ms,
  answer,
});

export const httpAnswer = (
  status: number,
  body = '<html>',
  retry_after_ms: number | null = null,
): Answer => ({ kind: 'http', status, content_type: 'text/html', retry_after_ms, body });

export const rolledBack: Answer = {
  ...httpAnswer(500, JSON.stringify({ status: 'error', tracked: 3, invalid: 0 })),
  content_type: 'application/json',
} as Answer;

export const noAnswer = (sent: boolean, code: string): Answer => ({ kind: 'none', sent, code });

/**
 * A Matomo in memory under any clock: records what it is told to, whoever waits for the answer, refuses an
 * order id that it has, and shows its visitor log. Times of requests are the clock's monotonic ones.
 */
export class MemoryMatomo {
  readonly arrived: Arrived[] = [];
  /** Recorded queries, in their order. */
  readonly recorded: string[] = [];
  /** Lookups in the visitor log. */
  readonly looks: Record<string, string>[] = [];
  /** Most tracking requests that were out at the same time. */
  mostAtOnce = 0;
  handle: (request: Arrived) => Handling = () => good();
  /** What it says yes to and does not record. */
  excludes: (query: string) => boolean = () => false;
  /** What the Reporting API answers instead of the visitor log. */
  log: () => unknown = () => null;
  readonly #clock: Clock;
  readonly #orders = new Set<string>();
  #out = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a request and calls back at most once. */
  take(bulk: boolean, queries: readonly string[], answered: (answer: Answer) => void): void {
    const request = { order: this.arrived.length, bulk, queries, at_ms: this.#clock.elapsed() };
    this.arrived.push(request);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#out);
    const { commit_ms, answer_ms, answer } = this.handle(request);
    let refused: readonly number[] = [];
    if (commit_ms !== null) {
      this.#clock.after(commit_ms, () => {
        refused = this.#record(queries);
      });
    }
    if (answer_ms === null) return;
    this.#clock.after(answer_ms, () => {
      this.#out--;
      answered(answer ?? yes(bulk, queries.length, refused));
    });
  }

  async ask(parameters: Readonly<Record<string, string>>): Promise<unknown> {
    this.looks.push({ ...parameters });
    const instead = this.log();
    if (instead !== null) return instead;
    const visitor = parameters.segment?.replace('visitorId==', '') ?? '';
    const visits = loggedVisits(
      this.recorded.filter((query) => query.includes(`&cid=${visitor}&`)),
      visitor,
    );
    // What is recorded while the answer is under way is not in it.
    await new Promise<void>((resolve) => this.#clock.after(look_ms, resolve));
    return visits;
  }

  #record(queries: readonly string[]): number[] {
    const refused: number[] = [];
    for (const [at, query] of queries.entries()) {
      if (this.excludes(query)) continue;
      const order = /&ec_id=([^&]+)/.exec(query)?.[1];
      if (order !== undefined && this.#orders.has(order)) refused.push(at);
      else this.recorded.push(query);
      if (order !== undefined) this.#orders.add(order);
    }
    return refused;
  }
}

function yes(bulk: boolean, sent: number, refused: readonly number[]): Answer {
  if (!bulk)
    return { ...httpAnswer(refused.length === 0 ? 204 : 400, ''), content_type: '' } as Answer;
  const counts = {
    tracked: sent - refused.length,
    invalid: refused.length,
    invalid_indices: refused,
  };
  const body = JSON.stringify({ status: 'success', ...counts });
  return { ...httpAnswer(200, body), content_type: 'application/json' } as Answer;
}

const longestGap_seconds = 1_800;

/** A visitor's queries as visits: a new one after 30 minutes without any. */
function loggedVisits(queries: readonly string[], visitorId: string): object[] {
  const visits: {
    visitorId: string;
    firstActionTimestamp: number;
    lastActionTimestamp: number;
    actions: number;
  }[] = [];
  for (const query of queries) {
    const has = new URLSearchParams(query);
    if (has.has('ping')) continue;
    const at = Date.parse(`${has.get('cdt')?.replace(' ', 'T')}Z`) / 1000;
    let visit = visits.at(-1);
    if (visit === undefined || at - visit.lastActionTimestamp >= longestGap_seconds) {
      visit = { visitorId, firstActionTimestamp: at, lastActionTimestamp: at, actions: 0 };
      visits.push(visit);
    }
    visit.lastActionTimestamp = Math.max(visit.lastActionTimestamp, at);
    if (!has.has('ec_id')) visit.actions++;
  }
  return visits;
}
