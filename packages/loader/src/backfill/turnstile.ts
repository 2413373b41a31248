/**
 * Until the target has taken a hit, one batch at a time goes through: what is wrong shows at the first one. A
 * bad token sent from every lane at once would come near the 20 failures after which Matomo bans an address
 * for an hour.
 */
export class Turnstile {
  #isOpen = false;
  #broken: { readonly error: unknown } | null = null;
  #inside: Promise<void> | null = null;
  #release = () => {};

  /** The target has taken a hit: from now on everybody passes. */
  open(): void {
    this.#isOpen = true;
    this.#release();
  }

  /** Goes through when it is its turn. What throws inside ends it for all who wait: they throw the same. */
  async pass<T>(go: () => Promise<T>): Promise<T> {
    while (!this.#isOpen && this.#inside !== null) await this.#inside;
    if (this.#broken !== null) throw this.#broken.error;
    if (this.#isOpen) return go();
    this.#inside = new Promise((resolve) => {
      this.#release = resolve;
    });
    try {
      return await go();
    } catch (error) {
      this.#broken = { error };
      throw error;
    } finally {
      this.#inside = null;
      this.#release();
    }
  }
}
