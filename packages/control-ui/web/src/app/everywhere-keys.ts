import { isTyping, useKeys } from './keys.ts';
import { loaderActs } from './loader-acts.ts';
import { openPalette } from './palette/open.ts';
import { openSheet } from './shortcuts.tsx';
import { nextTheme } from './theme.ts';

/** Keys of every view. */
export function useEverywhereKeys(): void {
  const { start, stop, restart } = loaderActs();
  useKeys({
    'Mod+k': () => openPalette(),
    '?': openSheet,
    t: nextTheme,
    '/': searchHere,
    Escape: leaveField,
    s: start ?? stop ?? undefined,
    r: restart ?? undefined,
  });
}

/** The search field of the view; a view without one is searched by the palette. */
function searchHere(): void {
  const field = document.querySelector<HTMLInputElement>('.main input[type=search]');
  if (field === null) openPalette();
  else {
    field.focus();
    field.select();
  }
}

function leaveField(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!isTyping(at)) return false;
  (at as HTMLElement).blur();
  return true;
}
