/**
 * Until a target has said yes once, requests pass one at a time: what is wrong shows at the first one. A
 * bad token sent from every lane at once would come near the 20 failures after which Matomo bans the
 * address for an hour.
 */
export class Turnstile {
  #open = false;
  #inside: Promise<void> | null = null;

  /** Makes the request when it is its turn; `isYes` judges what it resolves to. */
  async pass<T>(request: () => Promise<T>, isYes: (result: T) => boolean): Promise<T> {
    while (!this.#open && this.#inside !== null) await this.#inside;
    if (this.#open) return request();
    let leave = () => {};
    this.#inside = new Promise((resolve) => {
      leave = resolve;
    });
    try {
      const result = await request();
      if (isYes(result)) this.#open = true;
      return result;
    } finally {
      this.#inside = null;
      leave();
    }
  }
}
