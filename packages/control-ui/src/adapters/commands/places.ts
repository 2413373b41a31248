/** A few places, and a line of those who wait for one; who comes when the line is full is turned away. */
export class Places {
  #free: number;
  readonly #all: number;
  readonly #longest: number;
  readonly #line: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];

  constructor(places: number, longest_line: number) {
    this.#all = places;
    this.#free = places;
    this.#longest = longest_line;
  }

  /** Resolves to a function that gives the place back; null: the line is full. */
  take(): Promise<() => void> | null {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(this.#once());
    }
    if (this.#line.length >= this.#longest) return null;
    return new Promise((resolve) => this.#line.push(() => resolve(this.#once())));
  }

  /** Resolves when nobody has a place. */
  idle(): Promise<void> {
    if (this.#free === this.#all) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #once(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#line.shift();
      if (next !== undefined) return next();
      this.#free++;
      if (this.#free === this.#all) for (const done of this.#idle.splice(0)) done();
    };
  }
}
