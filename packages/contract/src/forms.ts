/**
 * The forms that files and settings are read by. They are built from zod's functional half: the page reads settings
 * and files by the same rules, and the other half would be most of what it loads.
 */
import * as z from 'zod/mini';

/** A number from `least` to `most`, both included. */
export const amount = (least: number, most: number) =>
  z.number().check(z.minimum(least), z.maximum(most));

/** A whole number from `least` to `most`, both included. */
export const whole = (least: number, most: number) =>
  z.int().check(z.minimum(least), z.maximum(most));

/** A text without spaces around it, of 1 to `longest` characters. */
export const trimmed = (longest: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));

/** A text as `trimmed`, on one line. */
export const line = (longest: number) => trimmed(longest).check(onOneLine);

/** Keeps control characters out of a text. */
export const onOneLine = z.refine<string>((text) => !/\p{Cc}/u.test(text), {
  error: 'has a control character',
});

/** What may be left out or be null. */
export const orNull = <T extends z.ZodMiniType>(form: T) => z._default(z.nullable(form), null);

/** A switch that is on when it is left out. */
export const onByDefault = () => z._default(z.boolean(), true);
