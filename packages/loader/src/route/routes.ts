import type { Router } from './router.ts';

const rememberedRoutes = 100_000;

/**
 * Says which target a visit goes to: to the one the router names, or, if rerouting is wanted and that one
 * takes no visits, to the next that does. A visit's way is decided once, whoever asks first.
 */
export class Routes {
  readonly #router: Router;
  readonly #count: number;
  readonly #healthy: ((at: number) => boolean) | null;
  readonly #decided = new Map<number, number>();

  /** `healthy`: whether a target takes visits, for rerouting; null: never reroute. */
  constructor(router: Router, count: number, healthy: ((at: number) => boolean) | null) {
    this.#router = router;
    this.#count = count;
    this.#healthy = healthy;
  }

  /** Whether visit `index` goes to target number `at`. */
  leadTo(at: number, index: number): boolean {
    const route = this.#router(index);
    if (this.#healthy === null || route.length > 1) return route.includes(at);
    let chosen = this.#decided.get(index);
    if (chosen === undefined) {
      chosen = this.#choose(route[0] as number, this.#healthy);
      this.#decided.set(index, chosen);
      if (this.#decided.size > rememberedRoutes) {
        const { value: oldest } = this.#decided.keys().next();
        if (oldest !== undefined) this.#decided.delete(oldest);
      }
    }
    return chosen === at;
  }

  #choose(first: number, healthy: (at: number) => boolean): number {
    for (let step = 0; step < this.#count; step++) {
      const at = (first + step) % this.#count;
      if (healthy(at)) return at;
    }
    return first;
  }
}
