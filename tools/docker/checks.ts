import { isDeepStrictEqual } from 'node:util';

/** Keeps count of what holds and what does not, and prints each line as it is known. */
export class Checks {
  passed = 0;
  failed = 0;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** One sentence that must hold; `found` is shown when it does not. */
  holds(sentence: string, fact: boolean, found: unknown): void {
    if (fact) {
      this.passed++;
      this.#print(`  ok    ${sentence}`);
    } else {
      this.failed++;
      this.#print(`  FAIL  ${sentence}\n        found: ${shown(found)}`);
    }
  }

  equal(sentence: string, actual: unknown, expected: unknown): void {
    const found = `${shown(actual)} instead of ${shown(expected)}`;
    this.holds(sentence, isDeepStrictEqual(actual, expected), found);
  }

  /** Something that cannot be looked at here, said aloud; it counts as neither. */
  skip(sentence: string): void {
    this.#print(`  NOT RUN: ${sentence}`);
  }

  /** A group of checks. What it throws is one failed check; the groups after it still run. */
  async group(title: string, body: () => Promise<void>): Promise<void> {
    this.#print(title);
    try {
      await body();
    } catch (error) {
      this.holds('runs to its end', false, error instanceof Error ? error.message : error);
    }
  }
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
