/** Holds what was pushed and not yet read; beyond this the oldest goes. */
const most = 10_000;

/** What is pushed at one end comes out at the other, in order, until it is closed or the signal ends it. */
export class Channel<T> implements AsyncIterable<T> {
  #held: T[] = [];
  #closed = false;
  #wake: (() => void) | null = null;
  readonly #signal: AbortSignal;
  readonly #abort = (): void => this.close();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    if (signal.aborted) this.#closed = true;
    else signal.addEventListener('abort', this.#abort, { once: true });
  }

  push(value: T): void {
    if (this.#closed) return;
    this.#held.push(value);
    if (this.#held.length > most) this.#held.shift();
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#signal.removeEventListener('abort', this.#abort);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      for (;;) {
        while (this.#held.length > 0 && !this.#signal.aborted) yield this.#held.shift() as T;
        if (this.#closed) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.close();
    }
  }
}
