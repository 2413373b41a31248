import type { Preset } from '../../api/presets.ts';

/** A preset in the address: `built-in:light`, or its number. */
export const keyOf = ({ id, name }: Pick<Preset, 'id' | 'name'>): string =>
  id === null ? `built-in:${name}` : String(id);
