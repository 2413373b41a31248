import { type Problem, type ProblemCode, problemTable } from '@trafficinator/contract';
import type { RequestMistake } from '@trafficinator/contract/rest';
import { CommandError } from './ports/commands.ts';
import { RunnerError } from './ports/runner.ts';
import { StoreError } from './ports/store/kept.ts';

export interface RefusalParts {
  /** What is wrong: one sentence. */
  readonly message: string;
  /** What to do about it: one sentence. */
  readonly remedy: string;
  readonly errors?: readonly RequestMistake[];
}

/** A request cannot be answered as asked: what services throw and the service's edge tells. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly remedy: string;
  readonly errors: readonly RequestMistake[];

  constructor(code: ProblemCode, parts: RefusalParts) {
    super(parts.message);
    this.code = code;
    this.remedy = parts.remedy;
    this.errors = parts.errors ?? [];
  }

  get status(): number {
    return problemTable[this.code].http_status;
  }
}

/** A problem of the contract as a mistake of a request; `root` is where its fields lie in the body. */
export function mistakeOf(found: Problem, root: string): RequestMistake {
  const field = found.fields[0] ?? null;
  return {
    pointer: field === null ? root : `${root}/${field.replaceAll('.', '/')}`,
    field,
    code: found.code,
    severity: found.severity,
    message: found.message,
    remedy: found.remedy,
  };
}

/** Refuses because of the errors among some problems. */
export function refusalOf(found: readonly Problem[], root: string, message: string): Refusal {
  const errors = found.filter(({ severity }) => severity === 'error');
  const remedy = errors.length === 1 ? (errors[0] as Problem).remedy : 'Mend what errors lists.';
  return new Refusal('request_invalid', {
    message,
    remedy,
    errors: errors.map((each) => mistakeOf(each, root)),
  });
}

/** What ports throw, as the service tells it; anything else stays what it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof RunnerError) {
    const { code, message, remedy } = error;
    if (code === 'instance_missing' || code === 'instance_foreign') {
      return new Refusal('nothing_here', { message, remedy });
    }
    return new Refusal(code, { message, remedy });
  }
  if (error instanceof CommandError) {
    const code = error.code === 'commands_busy' ? 'too_many_requests' : 'command_failed';
    return new Refusal(code, error);
  }
  if (!(error instanceof StoreError)) return error;
  const { message } = error;
  switch (error.code) {
    case 'not_found':
      return new Refusal('nothing_here', {
        message,
        remedy: 'Look at the list for what there is.',
      });
    case 'name_taken':
      return new Refusal('name_taken', { message, remedy: 'Choose another name.' });
    case 'edited_meanwhile':
      return new Refusal('edited_meanwhile', {
        message,
        remedy: 'Read it again, put the change on top, and send it with the new ETag in If-Match.',
      });
    case 'store_unusable':
      return new Refusal('store_unusable', {
        message,
        remedy:
          'See to the disk and the directory of CONTROL_DATA_DIR; /ready tells when it works again.',
      });
  }
}
