/**
 * Each day is opened by one single hit, and its concurrent batches wait for Matomo's answer to it: that
 * hit makes what Matomo keeps once per site and day (the fingerprint salt, the mark for archiving), over
 * which concurrent transactions would deadlock. What Matomo does not record opens no day, and need not wait.
 */
export class Days {
  readonly #opening = new Map<number, Promise<void>>();

  /** These days are open already. */
  constructor(open: Iterable<number>) {
    for (const day of open) this.isOpen(day);
  }

  isOpen(day: number): void {
    this.#opening.set(day, Promise.resolve());
  }

  /** Whether the day is open or being opened. */
  has(day: number): boolean {
    return this.#opening.has(day);
  }

  /** Resolves when the day is open; the first to come opens it. */
  opened(day: number, open: () => Promise<void>): Promise<void> {
    let opening = this.#opening.get(day);
    if (opening === undefined) {
      opening = open();
      this.#opening.set(day, opening);
    }
    return opening;
  }
}
