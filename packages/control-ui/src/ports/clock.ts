/** The time, and waiting: handed in, so that tests decide both. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls back once after so many ms; the returned function calls it off. */
  after(ms: number, call: () => void): () => void;
}
