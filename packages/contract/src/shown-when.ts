import type { Setting } from './settings/define.ts';

/**
 * Whether a setting makes sense beside the others: `shown_when` names another one and what it must be. `set`:
 * anything but null. `> 0`: a number above 0. Everything else: that very value.
 */
export function isShownWith(
  { shown_when }: Pick<Setting, 'shown_when'>,
  lookUp: (name: string) => unknown,
): boolean {
  if (shown_when === undefined) return true;
  const value = lookUp(shown_when.setting);
  return shown_when.is.some((wanted) => {
    if (wanted === 'set') return value !== null;
    if (wanted === '> 0') return typeof value === 'number' && value > 0;
    return value === wanted;
  });
}
