import { RunnerError } from '../../ports/runner.ts';
import { codeOf } from './whole-file.ts';

/** A disk that refuses is an engine that cannot be reached: what it holds is not known. */
export async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunnerError) throw error;
    throw new RunnerError(
      'engine_unreachable',
      `The shared data directory cannot be used (${codeOf(error)}).`,
      'See that the disk is there and not full, and that the service may read and write it.',
    );
  }
}
