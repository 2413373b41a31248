import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Clock } from '../../ports/clock.ts';
import type { LogLine } from '../../ports/runner.ts';
import { pause } from '../pause.ts';
import { olderOutputPath, outputPath, readLine } from './output-file.ts';

export interface Following {
  readonly folder: string;
  /** Lines from this time on. */
  readonly since: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether the instance is still there. */
  readonly exists: () => Promise<boolean>;
}

const between_ms = 200;
const chunk_bytes = 64 * 1024;

/** The lines of an instance as they are written, over restarts and from file to file. */
export async function* followOutput(following: Following): AsyncGenerator<LogLine> {
  const { folder, since, clock, signal, exists } = following;
  let file: OpenOutput | null = null;
  try {
    do {
      const there = await exists();
      file ??= await openFirst(folder);
      for (;;) {
        if (file === null) break;
        // Asked before it is read: whoever moved it away has written its last line by then.
        const moved: boolean = await isMoved(file, outputPath(folder));
        for await (const line of file.rest()) {
          if (signal.aborted) return;
          if (line.at >= since) yield line;
        }
        if (!moved) break;
        await file.handle.close();
        file = await openOutput(outputPath(folder));
      }
      if (!there) return;
    } while (await pause(clock, between_ms, signal));
  } finally {
    await file?.handle.close();
  }
}

/** The older file if there is one: its lines come first. */
const openFirst = async (folder: string): Promise<OpenOutput | null> =>
  (await openOutput(olderOutputPath(folder))) ?? (await openOutput(outputPath(folder)));

async function openOutput(path: string): Promise<OpenOutput | null> {
  const handle = await open(path, 'r').catch(() => null);
  return handle === null ? null : new OpenOutput(handle);
}

/** Whether another file has its place now. */
async function isMoved({ handle }: OpenOutput, path: string): Promise<boolean> {
  const now = await stat(path).catch(() => null);
  return now !== null && now.ino !== (await handle.stat()).ino;
}

/** A file that is read as far as it has been written. */
class OpenOutput {
  readonly handle: FileHandle;
  #at = 0;
  #held = Buffer.alloc(0);

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async *rest(): AsyncGenerator<LogLine> {
    for (;;) {
      const { buffer, bytesRead } = await this.handle.read(
        Buffer.alloc(chunk_bytes),
        0,
        chunk_bytes,
        this.#at,
      );
      if (bytesRead === 0) return;
      this.#at += bytesRead;
      const bytes = Buffer.concat([this.#held, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf('\n') + 1;
      this.#held = bytes.subarray(end);
      for (const text of bytes.subarray(0, end).toString('utf8').split('\n')) {
        const line = readLine(text);
        if (line !== null) yield line;
      }
    }
  }
}
