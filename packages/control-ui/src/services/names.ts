import { z } from 'zod';

/** A name that people give: one line of 1 to 100 characters, without blanks around it. */
export const givenName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'has a control character' });

/** The name of a key, as it stands in logs: small letters, digits and `-`, 40 at most. */
export const keyName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
  error: 'must be 1 to 40 small letters, digits and -, and begin with a letter or a digit',
});

/** A name as part of an address or a file name: `Black Friday!` becomes `black-friday`; `unnamed` if nothing is left. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return slug.replace(/^-+|-+$/g, '') || 'unnamed';
}

/** The name, or the first of `name (2)`, `name (3)` … that is free; never longer than a name may be. */
export function freeName(name: string, mark: string, taken: (name: string) => boolean): string {
  for (let n = 1; ; n++) {
    const end = n === 1 ? ` (${mark})` : ` (${mark} ${n})`;
    const candidate = `${name.slice(0, 100 - end.length).trimEnd()}${end}`;
    if (!taken(candidate)) return candidate;
  }
}
