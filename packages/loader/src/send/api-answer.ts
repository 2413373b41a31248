import { z } from 'zod';
import { quotable } from './preflight/foreign-text.ts';

/** What a text says as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Matomo's Reporting API says no, with status 200 as well. */
export const refusal = z.object({
  result: z.literal('error'),
  message: z.string().transform(quotable),
});

/** A whole number from 0 up; Matomo gives some as text. */
export const wholeNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

/** A number; Matomo gives some as text. */
export const decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/** Yes or no; Matomo gives some as 1 and 0, or as text. */
export const flag = z
  .union([z.boolean(), z.literal([0, 1, '0', '1'])])
  .transform((value) => Number(value) === 1);

/** Matomo gives a list, or an object by id when ids are missing in between. */
export const listOrById = <T extends z.ZodType>(one: T) =>
  z.union([
    z.array(one),
    z.record(z.string(), one).transform((byId): z.output<T>[] => Object.values(byId)),
  ]);
