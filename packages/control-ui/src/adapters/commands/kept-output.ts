/** The first bytes of an output. */
export class Head {
  /** There were more. */
  cut = false;
  readonly #limit: number;
  #kept: Buffer[] = [];
  #bytes = 0;

  constructor(limit_bytes: number) {
    this.#limit = limit_bytes;
  }

  feed(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#limit - this.#bytes);
    if (part.length < chunk.length) this.cut = true;
    if (part.length === 0) return;
    this.#kept.push(part);
    this.#bytes += part.length;
  }

  /** Without half a character at the end. */
  text(): string {
    return new TextDecoder().decode(Buffer.concat(this.#kept), { stream: this.cut });
  }
}

/** The last bytes of an output. */
export class Tail {
  readonly #limit: number;
  #kept = Buffer.alloc(0);
  #cut = false;

  constructor(limit_bytes: number) {
    this.#limit = limit_bytes;
  }

  feed(chunk: Buffer): void {
    const all = Buffer.concat([this.#kept, chunk]);
    this.#cut ||= all.length > this.#limit;
    // A copy: a part would keep all of it in memory.
    this.#kept = Buffer.from(all.subarray(-this.#limit));
  }

  /** From the beginning of a line on, when something is left out before it. */
  text(): string {
    const text = this.#kept.toString('utf8');
    return this.#cut ? text.slice(text.indexOf('\n') + 1) : text;
  }
}
