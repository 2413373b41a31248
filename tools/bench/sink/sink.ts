/** What answers the hits of a measurement, in a process of its own. */
export interface Sink {
  /** Address of the tracker. */
  readonly url: string;
  /** Hits answered so far, in the sink's own count: what a row says it sent is checked against it. */
  answered(): Promise<number>;
  close(): Promise<void>;
}
