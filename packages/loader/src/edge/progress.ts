import type { StatusSnapshot } from '@trafficinator/contract';

const lineEvery_beats = 60;

/** Shows how a run goes: one line that updates on a terminal, a log line a minute elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #log: (line: object, message: string) => void;
  readonly #live: boolean;
  #beats = 0;
  #shown = false;

  constructor(
    stream: NodeJS.WriteStream,
    log: (line: object, message: string) => void,
    live: boolean,
  ) {
    this.#stream = stream;
    this.#log = log;
    this.#live = live;
  }

  /** Called about once a second. */
  beat(status: StatusSnapshot): void {
    this.#beats++;
    if (this.#live) {
      this.#stream.write(`\r\x1b[2K${fitted(progressLine(status), this.#stream.columns)}`);
      this.#shown = true;
    } else if (this.#beats % lineEvery_beats === 0) {
      this.#log(progressFields(status), 'progress');
    }
  }

  /** Leaves the terminal tidy for what comes after. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\x1b[2K');
    this.#shown = false;
  }
}

const usualColumns = 100;

/**
 * As many whole parts of a line (two blanks apart) as a terminal has room for: half a part says something
 * else, `41 m` for `41 ms`. A terminal that does not know its width says 0 or nothing.
 */
export function fitted(line: string, columns: number | undefined): string {
  const room = (columns || usualColumns) - 1;
  if (line.length <= room) return line;
  const end = line.lastIndexOf('  ', room);
  return line.slice(0, end > 0 ? end : room);
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `running  1,204 visits (12 in flight)  7,480 hits: 7,478 accepted, 2 failed  86 hits/s  p95 41 ms` */
export function progressLine(status: StatusSnapshot): string {
  const { visits, hits, rate } = status;
  const begun = visits.planned - visits.dropped - visits.waiting;
  const bad = (['rejected', 'failed', 'unknown', 'dropped'] as const)
    .filter((outcome) => hits[outcome] > 0)
    .map((outcome) => `, ${whole.format(hits[outcome])} ${outcome}`)
    .join('');
  const p95 = status.response_ms === null ? '' : `  p95 ${whole.format(status.response_ms.p95)} ms`;
  const until = status.resumes_at === null ? '' : ` until ${status.resumes_at}`;
  return `${status.state}${until}  ${whole.format(begun)} visits (${visits.in_flight} in flight)  ${whole.format(hits.planned)} hits: ${whole.format(hits.accepted)} accepted${bad}  ${rate.hits_per_second.toFixed(1)} hits/s${p95}`;
}

function progressFields(status: StatusSnapshot): object {
  return {
    state: status.state,
    visits: status.visits,
    hits: status.hits,
    today: status.today,
    hits_per_second: status.rate.hits_per_second,
    response_p95_ms: status.response_ms?.p95 ?? null,
  };
}
