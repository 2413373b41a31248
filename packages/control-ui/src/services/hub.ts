/** What is pushed to listeners. */
export const topics = ['status', 'log', 'run', 'backfill'] as const;
export type Topic = (typeof topics)[number];

export interface LiveEvent {
  /** Counts up by one with each event of the service. */
  readonly id: number;
  readonly topic: Topic;
  /** JSON, made once for all listeners. */
  readonly json: string;
}

export interface Listening {
  readonly topics: ReadonlySet<Topic>;
  /** The last event that the listener has; null: from now on, beginning with the latest state. */
  readonly after: number | null;
}

const kept = 2_000;
const longestQueue = 500;
const longestQueue_chars = 2_000_000;
/** Of these only the newest counts: an older one that waits is replaced. */
const latestOnly: ReadonlySet<Topic> = new Set(['status', 'backfill']);

/**
 * Passes events on to any number of listeners. Each has a bounded queue: one that reads too slowly gets
 * the newest state and loses log lines, and is told how many; it never holds up the others.
 */
export class Hub {
  readonly #recent: LiveEvent[] = [];
  readonly #latest = new Map<Topic, LiveEvent>();
  readonly #queues = new Set<Queue>();
  #next: number;
  #closed = false;

  /** `first`: id of the first event; a later life of the service must go on above the ids of an earlier one. */
  constructor(first = 1) {
    this.#next = first;
  }

  get listeners(): number {
    return this.#queues.size;
  }

  publish(topic: Topic, value: unknown): void {
    const event = { id: this.#next++, topic, json: JSON.stringify(value) };
    if (latestOnly.has(topic)) this.#latest.set(topic, event);
    else {
      this.#recent.push(event);
      if (this.#recent.length > kept) this.#recent.shift();
    }
    for (const queue of this.#queues) queue.offer(event);
  }

  /** Events until the signal; after a break first those that were missed, as far as they are kept. */
  async *listen(listening: Listening, signal: AbortSignal): AsyncGenerator<LiveEvent> {
    const queue = new Queue(listening.topics);
    // An id that was never given out tells nothing.
    const after = (listening.after ?? 0) < this.#next ? listening.after : null;
    const missed = after === null ? [] : this.#recent.filter(({ id }) => id > after);
    const first = [...this.#latest.values(), ...missed].toSorted((a, b) => a.id - b.id);
    for (const event of first) if (after === null || event.id > after) queue.offer(event);
    this.#queues.add(queue);
    // One that waits for its client never comes to its own end.
    const wake = () => {
      this.#queues.delete(queue);
      queue.end();
    };
    signal.addEventListener('abort', wake, { once: true });
    try {
      if (signal.aborted || this.#closed) return;
      for (;;) {
        const event = queue.take();
        if (event !== null) yield event;
        else if (signal.aborted || queue.ended) return;
        else await queue.filled();
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#queues.delete(queue);
    }
  }

  /** Ends every listener, those that come later too. */
  close(): void {
    this.#closed = true;
    for (const queue of this.#queues) queue.end();
  }
}

class Queue {
  ended = false;
  readonly #topics: ReadonlySet<Topic>;
  readonly #waiting: LiveEvent[] = [];
  #chars = 0;
  #lost = 0;
  #lastLost = 0;
  #wake: (() => void) | null = null;

  constructor(wanted: ReadonlySet<Topic>) {
    this.#topics = wanted;
  }

  offer(event: LiveEvent): void {
    if (!this.#topics.has(event.topic)) return;
    if (latestOnly.has(event.topic)) {
      this.#drop(this.#waiting.findIndex(({ topic }) => topic === event.topic));
    }
    this.#waiting.push(event);
    this.#chars += event.json.length;
    while (
      this.#waiting.length > longestQueue ||
      (this.#chars > longestQueue_chars && this.#waiting.length > 1)
    ) {
      const log = this.#waiting.findIndex(({ topic }) => topic === 'log');
      const gone = this.#drop(Math.max(0, log));
      this.#lost += 1;
      this.#lastLost = gone?.id ?? event.id;
    }
    this.#ring();
  }

  take(): LiveEvent | null {
    if (this.#lost > 0) {
      const json = JSON.stringify({ lost: this.#lost });
      const event: LiveEvent = { id: this.#lastLost, topic: 'log', json };
      this.#lost = 0;
      return event;
    }
    return this.#drop(0);
  }

  #drop(at: number): LiveEvent | null {
    const [gone] = at < 0 ? [] : this.#waiting.splice(at, 1);
    this.#chars -= gone?.json.length ?? 0;
    return gone ?? null;
  }

  filled(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  end(): void {
    this.ended = true;
    this.#ring();
  }

  #ring(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
