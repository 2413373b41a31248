import type { Clock } from '../ports/clock.ts';
import type { Instance, InstanceSpec, Runner } from '../ports/runner.ts';

/** What the conformance suite needs of the runner that it tries. */
export interface RunnerGround {
  /** A new runner object in the same world, of one service or of the other. */
  runner(service: 'mine' | 'other'): Runner;
  /** The time that the runners wait by. */
  readonly clock: Clock;
  /** Takes the engine away and gives it back; null where there is none to lose. */
  readonly engine: { lose(): Promise<void>; restore(): Promise<void> } | null;
  /** Ends everything that was started. */
  close(): Promise<void>;
}

/** An instance that does what the odd loader calls so. */
export const spec = (id: string, ...command: string[]): InstanceSpec => ({
  id,
  role: 'loader',
  command: command.length > 0 ? command : ['serve'],
});

const longest_ms = 30_000;
const between_ms = 50;

/** Asks until there is an answer other than null; throws when time is up. */
export async function eventually<T>(
  clock: Clock,
  what: string,
  probe: () => Promise<T | null>,
): Promise<T> {
  const end_ms = clock.now() + longest_ms;
  while (clock.now() < end_ms) {
    const answer = await probe();
    if (answer !== null) return answer;
    await new Promise<void>((resolve) => clock.after(between_ms, resolve));
  }
  throw new Error(`Waited ${longest_ms / 1000} s in vain until ${what}.`);
}

/** The instance, once it has ended. */
export const ended = (ground: RunnerGround, runner: Runner, id: string): Promise<Instance> =>
  eventually(ground.clock, `${id} ends`, async () => {
    const found = await runner.find(id);
    return found?.state === 'exited' ? found : null;
  });

/** Once it has written so many lines: then it also listens to signals. */
export const written = (ground: RunnerGround, runner: Runner, id: string, lines = 1) =>
  eventually(ground.clock, `${id} has written ${lines} lines`, async () => {
    const found = await runner.logs(id, { lines: 10_000, since: null });
    return found.length >= lines ? found : null;
  });

/** The next values of an iterable; fewer when it ends. */
export async function take<T>(iterator: AsyncIterator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = await iterator.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
