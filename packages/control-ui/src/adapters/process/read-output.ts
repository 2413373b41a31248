import { open } from 'node:fs/promises';
import type { LogLine, LogRange } from '../../ports/runner.ts';
import { olderOutputPath, outputPath, readLine } from './output-file.ts';
import { codeOf } from './whole-file.ts';

const firstChunk_bytes = 64 * 1024;

/** The last lines of an instance's output, oldest first. */
export async function readOutput(folder: string, { lines, since }: LogRange): Promise<LogLine[]> {
  if (lines <= 0) return [];
  const newest = await lastLines(outputPath(folder), lines, since);
  if (newest.complete || newest.lines.length >= lines) return newest.lines.slice(-lines);
  const older = await lastLines(olderOutputPath(folder), lines - newest.lines.length, since);
  return [...older.lines, ...newest.lines].slice(-lines);
}

/** `complete`: the file has lines from before `since`, so that older files hold nothing of interest. */
async function lastLines(
  path: string,
  count: number,
  since: string | null,
): Promise<{ lines: LogLine[]; complete: boolean }> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return { lines: [], complete: false };
  try {
    const { size } = await file.stat();
    // From the end backwards, in steps that grow, until there is enough.
    for (let bytes = firstChunk_bytes; ; bytes *= 4) {
      const length = Math.min(bytes, size);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
      const texts = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
      // What does not begin at the file's beginning begins within a line.
      if (length < size) texts.shift();
      const all = texts.map(readLine).filter((line) => line !== null);
      const fit = all.filter(({ at }) => since === null || at >= since);
      const complete = fit.length < all.length;
      if (complete || length === size || fit.length >= count) {
        return { lines: fit.slice(-count), complete };
      }
    }
  } finally {
    await file.close();
  }
}
