import type { Described } from './described.ts';

/** Settings that have every word somewhere in name, label or help. */
export function wanted(
  text: string,
  isChanged: ((name: string) => boolean) | null,
): (setting: Described) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ name, label, help }) => {
    const all = `${name} ${label} ${help}`.toLowerCase();
    return (isChanged?.(name) ?? true) && words.every((word) => all.includes(word));
  };
}
