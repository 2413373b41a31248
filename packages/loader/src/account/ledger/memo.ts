/** Answers by text, each worked out once. When it holds `limit` of them, it forgets all and begins anew. */
export class Memo<V> {
  readonly #limit: number;
  readonly #make: (text: string) => V;
  readonly #known = new Map<string, V>();

  constructor(limit: number, make: (text: string) => V) {
    this.#limit = limit;
    this.#make = make;
  }

  of(text: string): V {
    let answer = this.#known.get(text);
    if (answer === undefined) {
      answer = this.#make(text);
      if (this.#known.size >= this.#limit) this.#known.clear();
      this.#known.set(text, answer);
    }
    return answer;
  }
}
