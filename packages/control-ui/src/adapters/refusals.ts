import { RunnerError } from '../ports/runner.ts';

export const missing = (id: string): RunnerError =>
  new RunnerError(
    'instance_missing',
    `There is no loader ${JSON.stringify(id.slice(0, 40))}.`,
    'Create it first; it may have been removed from outside.',
  );

export const unfitId = (): RunnerError =>
  new RunnerError(
    'engine_refused',
    'The id of a loader has 1 to 40 characters of a-z, 0-9 and -, and does not begin with -.',
    'Choose another id.',
  );

export const foreign = (id: string): RunnerError =>
  new RunnerError(
    'instance_foreign',
    `There is something called ${id} that this service did not make.`,
    'Choose another id, or give this service an id of its own (CONTROL_ID).',
  );
