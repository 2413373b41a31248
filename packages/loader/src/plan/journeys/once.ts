/**
 * What is made of things that never change, such as the site's own products: of each once, when it is first
 * asked for. Of anything else it is made anew.
 */
export class Once<T, R> {
  readonly #made: Map<T, R | null>;

  /** `all`: the things that never change. */
  constructor(all: readonly T[]) {
    this.#made = new Map(all.map((each) => [each, null]));
  }

  /** Remembers nothing when `make` throws. */
  of(thing: T, make: (thing: T) => R): R {
    const made = this.#made.get(thing);
    if (made === undefined) return make(thing);
    if (made !== null) return made;
    const first = make(thing);
    this.#made.set(thing, first);
    return first;
  }
}
