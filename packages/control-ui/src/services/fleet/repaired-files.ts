import type { Files, InstanceFiles } from '../../ports/files.ts';

/** An instance whose files were not what the database says. */
export interface Repaired {
  readonly id: string;
  /** Names of the files that were written anew, or removed. */
  readonly files: readonly string[];
}

/**
 * Sees to it, when the service starts, that the files of instances are what the database says: a crash between
 * two writes, or a hand, may have left something else. Returns what was not, to be told.
 */
export async function repairedFiles(
  files: Files,
  wanted: ReadonlyMap<string, InstanceFiles>,
): Promise<readonly Repaired[]> {
  const repaired: Repaired[] = [];
  for (const [id, content] of wanted) {
    const found = await files.differences(id, content);
    if (found.length === 0) continue;
    await files.write(id, content);
    repaired.push({ id, files: found });
  }
  return repaired;
}
