import { Problem } from './client.ts';

/** What the service says of one input: mistakes whose JSON pointer into the request is `pointer`. */
export function mistakesAt(error: unknown, pointer: string): readonly string[] {
  if (!(error instanceof Problem)) return [];
  return error.details.errors
    .filter((each) => each.pointer === pointer)
    .map(({ message, remedy }) => `${message} ${remedy}`);
}
