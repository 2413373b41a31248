import Docker from 'dockerode';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { RunnerError } from '../../ports/runner.ts';
import { deadline } from './deadline.ts';
import { readEngineAddress } from './options.ts';

/** The engine answered, with an HTTP status that is no success. */
export class EngineAnswer extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const usual_ms = 10_000;
/** A proxy's answers when there is no engine behind it. */
const gateway = new Set([502, 503, 504]);
const answerSchema = z.object({
  statusCode: z.int(),
  reason: z.string().optional(),
  json: z.object({ message: z.string() }).optional().catch(undefined),
});

/** The way to a Docker engine: every call ends in time, and says whether the engine answered at all. */
export class Engine {
  readonly docker: Docker;
  readonly clock: Clock;

  /** @throws TypeError for an address that cannot be used. */
  constructor(address: string, clock: Clock) {
    const read = readEngineAddress(address);
    if (read === null) throw new TypeError('The engine needs an address of unix:// or tcp://.');
    // What is left out would be taken from DOCKER_HOST.
    const nothing = { socketPath: undefined, host: undefined, port: undefined };
    this.docker = new Docker({ ...nothing, protocol: 'http', ...read });
    this.clock = clock;
  }

  /**
   * Asks the engine something, for so long at most.
   * @throws RunnerError `engine_unreachable`, or EngineAnswer.
   */
  async call<T>(ask: (signal: AbortSignal) => Promise<T>, longest_ms = usual_ms): Promise<T> {
    const until = deadline(this.clock, longest_ms);
    const late = new Promise<never>((_resolve, reject) => {
      until.signal.addEventListener('abort', () => reject(new Error('time is up')), { once: true });
    });
    try {
      // Not every call of the library takes the signal.
      return await Promise.race([ask(until.signal), late]);
    } catch (error) {
      throw until.expired() ? unreachable(`for ${longest_ms / 1000} s`) : reasonOf(error);
    } finally {
      until.clear();
    }
  }
}

/** A call's error: what the engine answered, or that it did not. */
function reasonOf(error: unknown): Error {
  if (error instanceof RunnerError || error instanceof EngineAnswer) return error;
  const answer = answerSchema.safeParse(error);
  if (!answer.success)
    return unreachable(`(${(error as NodeJS.ErrnoException).code ?? 'no answer'})`);
  const { statusCode, json, reason } = answer.data;
  if (gateway.has(statusCode)) return unreachable(`(its proxy says ${statusCode})`);
  return new EngineAnswer(statusCode, json?.message ?? reason ?? `HTTP status ${statusCode}`);
}

const unreachable = (how: string): RunnerError =>
  new RunnerError(
    'engine_unreachable',
    `The Docker engine does not answer ${how}.`,
    'See that it runs and that DOCKER_HOST names it; the loaders go on without it.',
  );

/** What the engine refused, for a person. */
export function refused(what: string, { status, message }: EngineAnswer): RunnerError {
  const remedy =
    status === 403
      ? 'The socket proxy must permit containers, events and images, and POST.'
      : 'The engine’s own log may say more.';
  return new RunnerError('engine_refused', `${what}: ${message.trim().slice(0, 300)}`, remedy);
}
