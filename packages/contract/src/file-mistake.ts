import type * as z from 'zod/mini';
import { nearest } from './nearest.ts';

/** What is wrong at one place of a JSON file. */
export interface Mistake {
  /** Where: keys and positions from the root of the file. */
  readonly path: readonly PropertyKey[];
  /** What: goes on after the name of the field, e.g. `is missing`. */
  readonly text: string;
}

/** The value of a JSON text, or why it has none. A byte order mark does no harm. */
export function jsonOf(text: string): { readonly value: unknown } | { readonly why: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    // The message holds a piece of the text.
    return { why: onOneLine(`is not JSON: ${(error as Error).message}`) };
  }
}

/** Words of a file may hold anything; in a message they must not forge lines or steer a terminal. */
export const onOneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** The value at a path of a parsed file; undefined when there is none. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

/** Every mistake that a schema found, in words; `known` are the fields that a file may have anywhere. */
export function mistakesOf(
  error: z.core.$ZodError,
  root: unknown,
  known: readonly string[] = [],
): Mistake[] {
  return error.issues.flatMap((issue): Mistake[] => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: issue.path, text: textOf(issue, valueAt(root, issue.path)) }];
    }
    return issue.keys.map((key) => {
      const meant = nearest(key, known)?.toLowerCase();
      const hint = meant === undefined || meant === key ? '' : `; perhaps ${meant} is meant`;
      return { path: [...issue.path, key], text: `is no field of it${hint}` };
    });
  });
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function textOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${types[issue.expected] ?? issue.expected}`;
    case 'too_small':
      if (issue.origin === 'string') return 'is empty';
      if (issue.origin === 'array') return 'is an empty list';
      return `is ${plain(value)}, but must be ${issue.minimum} or more`;
    case 'too_big':
      if (issue.origin === 'string') {
        return `has ${plain(value).length} characters, but may have ${issue.maximum}`;
      }
      return `is ${plain(value)}, but must be ${issue.maximum} or less`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

/** A value in a sentence; an object may have a `toString` of its own that is none. */
function plain(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' ? 'no number' : String(value);
}
