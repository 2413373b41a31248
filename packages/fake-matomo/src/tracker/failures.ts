/** A row of CoreAdminHome.getTrackingFailures: Matomo keeps the newest per site and kind. */
export interface TrackingFailure {
  readonly site_id: number;
  readonly kind: 'unknown_site' | 'not_authenticated';
  readonly time_ms: number;
  readonly request: string;
  readonly url: string;
}

/** The tracking failures an administrator would see. */
export class TrackingFailures {
  readonly #rows = new Map<string, TrackingFailure>();

  add(failure: TrackingFailure): void {
    const key = `${failure.site_id} ${failure.kind}`;
    if (!this.#rows.has(key)) this.#rows.set(key, failure);
  }

  list(): TrackingFailure[] {
    return [...this.#rows.values()];
  }

  clear(): void {
    this.#rows.clear();
  }
}
