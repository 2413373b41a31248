import type { LoaderLogLine, LogLevel } from '@trafficinator/contract/rest';

/** A line with a number of its own, so that it keeps its row. */
export interface HeldLine extends LoaderLogLine {
  readonly number: number;
}

/** The levels, the most severe first. */
export const severity: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];

/** Lines that the page holds however many are asked for: more would not be read, only slow it down. */
export const most = 10_000;

/**
 * The lines of the log that are shown: history first, then what comes live, never more than `keep`. While they are
 * held still, what comes waits apart and is only counted.
 */
export class LogHold {
  /** Lines that neither the service nor this page kept. */
  lost = 0;
  readonly #keep: number;
  readonly #fits: (line: LoaderLogLine) => boolean;
  #shown: HeldLine[] = [];
  #waiting: HeldLine[] = [];
  #still = false;
  #ready = false;
  #next = 1;

  constructor(keep: number, fits: (line: LoaderLogLine) => boolean) {
    this.#keep = Math.min(keep, most);
    this.#fits = fits;
  }

  get shown(): readonly HeldLine[] {
    return this.#shown;
  }

  /** Lines that came while it was held still. */
  get newer(): number {
    return this.#still ? this.#waiting.length : 0;
  }

  /** What was said before; live lines that came meanwhile and are in it too are not shown twice. */
  begin(history: readonly LoaderLogLine[]): void {
    const known = new Set(history.slice(-most).map(keyOf));
    const meanwhile = this.#waiting.filter((line) => !known.has(keyOf(line)));
    this.#shown = [];
    this.#waiting = history.map((line) => ({ ...line, number: this.#next++ }));
    this.#waiting.push(...meanwhile.map((line) => ({ ...line, number: this.#next++ })));
    this.#ready = true;
    if (!this.#still) this.#show();
  }

  add(lines: readonly LoaderLogLine[]): void {
    for (const line of lines) {
      if (this.#fits(line)) this.#waiting.push({ ...line, number: this.#next++ });
    }
    if (this.#ready && !this.#still) this.#show();
    else if (this.#waiting.length > most) {
      this.lost += this.#waiting.length - most;
      this.#waiting = this.#waiting.slice(-most);
    }
  }

  /** Holds the shown lines still, or goes on and shows what came meanwhile. */
  hold(still: boolean): void {
    this.#still = still;
    if (!still && this.#ready) this.#show();
  }

  /** Forgets what is shown; the log itself is kept. */
  clear(): void {
    this.#shown = [];
    this.#waiting = [];
    this.lost = 0;
  }

  #show(): void {
    this.#shown = [...this.#shown, ...this.#waiting].slice(-this.#keep);
    this.#waiting = [];
  }
}

const keyOf = ({ at, loader, text }: LoaderLogLine): string => `${at} ${loader} ${text}`;
