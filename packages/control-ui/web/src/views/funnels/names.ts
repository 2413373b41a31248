/** `Purchase`, `Purchase 2`, … of at most 100 characters. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? '' : ` ${n}`;
    const name = `${wanted.slice(0, 100 - end.length)}${end}`;
    if (!taken.includes(name)) return name;
  }
}

/** A name as a file's: `Lead Generation` → `lead-generation`. */
export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'funnel';
