/** What came back for one request. */
export type Answer = HttpAnswer | NoAnswer;

export interface HttpAnswer {
  readonly kind: 'http';
  readonly status: number;
  readonly content_type: string;
  /** From `Retry-After`, or null. */
  readonly retry_after_ms: number | null;
  /** First characters of the body, enough to tell a GIF from a page. */
  readonly body: string;
}

export interface NoAnswer {
  readonly kind: 'none';
  /** False: surely no byte of the request left. True: Matomo may have got it. */
  readonly sent: boolean;
  /** Error code, e.g. ECONNREFUSED, timeout, aborted. */
  readonly code: string;
}

/** One HTTP request per call; calls back exactly once. */
export interface Transport {
  /** `left`: called once when the request leaves; before that it may wait for a free connection. */
  send(query: string, answered: (answer: Answer) => void, left?: () => void): void;
  /** Ends at once: what is in flight is answered with `sent` as it stands and code `aborted`. */
  destroy(): Promise<void>;
}
