/** Longest line, in bytes; the rest of it is left out. */
export const longestLine_bytes = 16 * 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Makes lines of a stream of bytes, with bounded memory. */
export class LineCutter {
  readonly #line: (text: string) => void;
  #held: Buffer[] = [];
  #held_bytes = 0;

  constructor(line: (text: string) => void) {
    this.#line = line;
  }

  feed(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      this.#hold(chunk.subarray(from, at));
      this.#emit();
      from = at + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  /** The last line may have no end. */
  end(): void {
    if (this.#held_bytes > 0) this.#emit();
  }

  #hold(part: Buffer): void {
    const kept = part.subarray(0, longestLine_bytes - this.#held_bytes);
    if (kept.length === 0) return;
    this.#held.push(Buffer.from(kept));
    this.#held_bytes += kept.length;
  }

  #emit(): void {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.#held_bytes = 0;
    this.#line(textOfLine(bytes));
  }
}

/** The text of a line; half a character at its end, where it was cut, is left out. */
export function textOfLine(bytes: Buffer): string {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  const kept = bytes.subarray(0, Math.min(end, longestLine_bytes));
  return new TextDecoder().decode(kept, { stream: true });
}
