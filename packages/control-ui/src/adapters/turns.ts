/** Runs tasks of the same key one after the other, and those of different keys at once. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Settles as the task does; a task before it that fails does not matter. */
  async take<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
