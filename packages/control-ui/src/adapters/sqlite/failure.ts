import { StoreError } from '../../ports/store/kept.ts';
import { OpeningError } from '../../ports/store/opening.ts';
import type { Failure } from './protocol.ts';
import { troubleOf } from './trouble.ts';

/** An error as a message between threads. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StoreError) {
    return { kind: 'store', code: error.code, message: error.message };
  }
  if (error instanceof OpeningError) {
    return { kind: 'opening', code: error.code, message: error.message, remedy: error.remedy };
  }
  const trouble = troubleOf(error);
  if (trouble !== null) {
    return { kind: 'store', code: 'store_unusable', message: `The database ${trouble}.` };
  }
  return { kind: 'bug', message: error instanceof Error ? error.message : String(error) };
}

/** The error that a failure stands for. */
export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'store':
      return new StoreError(failure.code, failure.message);
    case 'opening':
      return new OpeningError(failure.code, failure.message, failure.remedy);
    case 'bug':
      return new Error(`The database thread failed: ${failure.message}`);
  }
}
