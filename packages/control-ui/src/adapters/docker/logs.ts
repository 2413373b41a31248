import { type LogLine, type LogRange, RunnerError } from '../../ports/runner.ts';
import { pause } from '../pause.ts';
import { type Inspected, stateOf } from './containers.ts';
import { deadline } from './deadline.ts';
import type { Engine } from './engine.ts';
import { LogFrames } from './log-frames.ts';
import { after, type Moment, momentOfMs, written } from './moment.ts';

const both = { stdout: true, stderr: true, timestamps: true } as const;

/** The last lines of a container, oldest first. */
export async function readLogs(
  engine: Engine,
  container: string,
  { lines, since }: LogRange,
): Promise<LogLine[]> {
  if (lines <= 0) return [];
  const from = since === null ? {} : { since: written(momentOfMs(Date.parse(since))) };
  const bytes = await engine.call((abortSignal) =>
    engine.docker
      .getContainer(container)
      .logs({ ...both, follow: false, tail: lines, ...from, abortSignal }),
  );
  const all = new LogFrames().feed(bytes).map(({ line }) => line);
  // Lines of the two streams that came at once may be in either order.
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export interface DockerFollowing {
  readonly engine: Engine;
  readonly from_ms: number;
  readonly signal: AbortSignal;
  /** The instance's container now; null: it is removed. */
  readonly find: () => Promise<Inspected | null>;
}

/** Each connection is given up after so long and opened again: one that died unnoticed is noticed. */
const longest_ms = 300_000;
const between_ms = 300;

/** The lines of an instance as they are written: over restarts, and over losses of the engine. */
export async function* followLogs(following: DockerFollowing): AsyncGenerator<LogLine> {
  const { engine, from_ms, signal, find } = following;
  let since = momentOfMs(from_ms);
  let read: string | null = null;
  do {
    const found = await unlessLost(find);
    if (found === null) return;
    if (found === 'lost' || stateOf(found) === 'created') continue;
    const life = `${found.Id} ${found.State.StartedAt}`;
    const runs = stateOf(found) === 'running';
    // One life that has been read to its end is done.
    if (!runs && life === read) continue;
    let complete = false;
    for await (const timed of connection(engine, found.Id, since, signal)) {
      if (timed === 'complete') complete = true;
      else {
        since = after(timed.moment);
        yield timed.line;
      }
    }
    if (complete && !runs) read = life;
  } while (await pause(engine.clock, between_ms, signal));
}

/** Lines until the container ends (`complete`), the connection breaks or the signal comes. */
async function* connection(engine: Engine, id: string, since: Moment, signal: AbortSignal) {
  const until = deadline(engine.clock, longest_ms, signal);
  try {
    // The engine says nothing at all before the first line.
    const stream = await engine.docker
      .getContainer(id)
      .logs({ ...both, follow: true, since: written(since), abortSignal: until.signal });
    const frames = new LogFrames();
    for await (const chunk of stream) {
      for (const timed of frames.feed(chunk as Buffer)) {
        if (signal.aborted) return;
        yield timed;
      }
    }
    yield 'complete' as const;
  } catch {
    // It is tried again, from the last line on.
  } finally {
    until.clear();
  }
}

async function unlessLost<T>(find: () => Promise<T>): Promise<T | 'lost'> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof RunnerError) return 'lost';
    throw error;
  }
}
