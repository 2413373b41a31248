import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../../ports/runner.ts';

/** The newest lines, and those before them. */
export const outputPath = (folder: string): string => join(folder, 'output.log');
export const olderOutputPath = (folder: string): string => join(folder, 'output.1.log');

const marks = { stdout: 'o', stderr: 'e' } as const;

/** `2026-05-01T12:00:00.000Z e text` */
const written = ({ at, stream, text }: LogLine): string => `${at} ${marks[stream]} ${text}\n`;

/** The line that was written so; null for anything else, such as half a line after a crash. */
export function readLine(line: string): LogLine | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([oe]) (.*)$/s.exec(line);
  if (found === null) return null;
  const [, at = '', mark, text = ''] = found;
  return { at, stream: mark === marks.stdout ? 'stdout' : 'stderr', text };
}

/** Keeps the output of one instance in two files of at most `limit_bytes` each, over its restarts. */
export class OutputFile {
  readonly #folder: string;
  readonly #limit_bytes: number;
  #file: number;
  #bytes: number;

  constructor(folder: string, limit_bytes: number) {
    this.#folder = folder;
    this.#limit_bytes = limit_bytes;
    this.#file = openSync(outputPath(folder), 'a', 0o600);
    this.#bytes = statSync(outputPath(folder)).size;
  }

  /** What cannot be written (the disk is full) is lost: the loader goes on. */
  append(line: LogLine): void {
    const bytes = Buffer.from(written(line));
    try {
      if (this.#bytes > 0 && this.#bytes + bytes.length > this.#limit_bytes) this.#turn();
      this.#bytes += writeSync(this.#file, bytes);
    } catch {}
  }

  #turn(): void {
    renameSync(outputPath(this.#folder), olderOutputPath(this.#folder));
    closeSync(this.#file);
    this.#file = openSync(outputPath(this.#folder), 'a', 0o600);
    this.#bytes = 0;
  }
}
