/** What became of a request that carried an idempotency key. */
export type Replay =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'done'; readonly status: number; readonly body: string }
  /** The first one is still under way. */
  | { readonly kind: 'running' }
  /** The same key came with another request. */
  | { readonly kind: 'mismatch' };
export interface Idempotency {
  /** `fingerprint`: hash of method, path and body. Kept for 24 hours; one that never completed is fresh again after 5 minutes. */
  begin(key: string, fingerprint: string, now: string): Promise<Replay>;
  /** The body is kept sealed: it may show a new key. */
  complete(key: string, status: number, body: string): Promise<void>;
  /** It failed before it did anything: the key may be used again. */
  forget(key: string): Promise<void>;
}

export interface Preferences {
  /** Values null and version 0: there are none. */
  get(key_id: number): Promise<{ readonly values: unknown; readonly version: number }>;
  put(
    key_id: number,
    values: unknown,
    version: number | null,
  ): Promise<{ readonly version: number }>;
}
