import { existsSync, readFileSync } from 'node:fs';

/** A file that a setting names, or that stands at its usual place; null when there is none. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the file at `named`, else at `usual` if it exists there. Older deployments name the usual place
 * before anything has been written to it, so that is no mistake. Throws Node's error for a file that is
 * named and cannot be read.
 */
export function findFile(named: string | null, usual: string): FoundFile | null {
  const path = named ?? usual;
  if (path === usual && !existsSync(usual)) return null;
  return { path, text: readFileSync(path, 'utf8') };
}
