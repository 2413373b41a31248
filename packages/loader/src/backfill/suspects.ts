/**
 * Visits that Matomo rolled back again and again. Whether a visit is the cause or Matomo is in trouble as a
 * whole shows only when something else succeeds: until then such a visit is put off, and only one at a time,
 * so that an outage gives up nothing and takes no batches apart.
 */
export class Suspects {
  readonly #successes: () => number;
  #putOffAt: number | null = null;

  /** `successes`: how often anything has succeeded so far. */
  constructor(successes: () => number) {
    this.#successes = successes;
  }

  /** Nothing has succeeded since a visit was put off: it may well be Matomo's trouble. */
  get inDoubt(): boolean {
    return this.#putOffAt !== null && this.#putOffAt === this.#successes();
  }

  putOff(): void {
    this.#putOffAt = this.#successes();
  }
}
