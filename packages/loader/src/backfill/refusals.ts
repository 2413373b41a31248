import { refusedAll } from './halts.ts';

/** So many single hits refused in a row are no accident. */
const tolerated = 10;

/**
 * Single hits that are refused one after the other: a token that was revoked, a site that was deleted. The
 * first hit of a backfill that nothing was accepted of yet decides alone.
 */
export class Refusals {
  readonly #acceptedBefore: boolean;
  #accepted = false;
  #inARow = 0;

  /** `acceptedBefore`: an earlier process of this backfill had hits accepted. */
  constructor(acceptedBefore: boolean) {
    this.#acceptedBefore = acceptedBefore;
  }

  accepted(): void {
    this.#accepted = true;
    this.#inARow = 0;
  }

  /** Throws a Halt when it is no accident. */
  refused(reason: string): void {
    this.#inARow++;
    const hopeful = this.#accepted || this.#acceptedBefore;
    if (!hopeful || this.#inARow >= tolerated) throw refusedAll(reason, this.#inARow);
  }
}
