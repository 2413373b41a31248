import type { LogLine } from '../../ports/runner.ts';
import { textOfLine } from '../line-cutter.ts';
import { type Moment, msOf, readMoment } from './moment.ts';

/** A line with the engine's own time, finer than {@link LogLine.at}. */
export interface TimedLine {
  readonly line: LogLine;
  readonly moment: Moment;
}

const header_bytes = 8;
const space = 0x20;
const newline = 0x0a;

/**
 * Takes the engine's log stream apart: frames of a header (stream, length) and a text that begins with a
 * time. A line of more than 16 KiB comes in several frames; those after the first are left out.
 */
export class LogFrames {
  #held = Buffer.alloc(0);
  readonly #open = { stdout: false, stderr: false };

  /** The lines that are complete with this chunk. */
  feed(chunk: Buffer): TimedLine[] {
    const bytes = Buffer.concat([this.#held, chunk]);
    const lines: TimedLine[] = [];
    let at = 0;
    while (bytes.length - at >= header_bytes) {
      const end = at + header_bytes + bytes.readUInt32BE(at + 4);
      if (end > bytes.length) break;
      const stream = bytes[at] === 2 ? 'stderr' : 'stdout';
      const line = this.#line(stream, bytes.subarray(at + header_bytes, end));
      if (line !== null) lines.push(line);
      at = end;
    }
    this.#held = Buffer.from(bytes.subarray(at));
    return lines;
  }

  #line(stream: LogLine['stream'], frame: Buffer): TimedLine | null {
    const continues = this.#open[stream];
    const whole = frame.at(-1) === newline;
    this.#open[stream] = !whole;
    if (continues) return null;
    const gap = frame.indexOf(space);
    const moment = gap === -1 ? null : readMoment(frame.subarray(0, gap).toString('latin1'));
    if (moment === null) return null;
    const text = textOfLine(frame.subarray(gap + 1, whole ? -1 : undefined));
    return { moment, line: { at: new Date(msOf(moment)).toISOString(), stream, text } };
  }
}
