import { z } from 'zod';

/** A whole number in an address. Digits only: `Number('')` would be 0. */
export const digits = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is no whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));

/** More than there are settings: each wrong name costs a sentence in the answer. */
const mostNames = 500;

/** Settings by their names in lower case, as in the settings list; anything unknown becomes a mistake. */
export const settingsBody = z
  .record(z.string().max(100), z.unknown())
  .refine((all) => Object.keys(all).length <= mostNames, `names more than ${mostNames} settings`);

/** A row that can be edited; its ETag is the version. */
export const kept = z.object({
  id: z.int().positive(),
  version: z.int().positive(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** Query of a list. */
export const pageQuery = z.object({
  limit: digits(1, 200).prefault('50'),
  /** `next` of the page before. */
  cursor: z.string().max(200).optional(),
});

/** One page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    /** Cursor of the next page; null: this is the last one. */
    next: z.string().nullable(),
    total: z.int().nonnegative(),
  });

export const idParams = z.object({ id: digits(1, Number.MAX_SAFE_INTEGER) });

/** A problem of the settings or of a file, as the loader tells it too. */
export const foundProblem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  fields: z.array(z.string()),
  /** Secrets are `***`. */
  value: z.string().nullable(),
  message: z.string(),
  remedy: z.string(),
  source: z.string(),
});

/** What a check of settings or of a file found. */
export const verdict = z.object({
  valid: z.boolean(),
  errors: z.array(foundProblem),
  warnings: z.array(foundProblem),
  notices: z.array(foundProblem),
});
export type Verdict = z.infer<typeof verdict>;
