import { existsSync } from 'node:fs';

/** A browser of the system's that tests drive. */
export interface Wanted {
  readonly name: string;
  /** Debian's package. */
  readonly package: string;
  /** Names its path where it lies elsewhere. */
  readonly variable: string;
  readonly places: readonly string[];
}

/** Where the browser is; undefined: there is none. */
export const pathOf = ({ variable, places }: Wanted): string | undefined =>
  [process.env[variable], ...places].find((place) => place !== undefined && existsSync(place));

/** What becomes of tests: without their browser they are told of and left out on a person's machine, and fail in CI. */
export const fateOf = (path: string | undefined, isCi: boolean): 'run' | 'fail' | 'told' =>
  path !== undefined ? 'run' : isCi ? 'fail' : 'told';
