import { useEffect, useRef } from 'preact/hooks';

/** What a key does, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const typed = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

/** Keys of a view while it is shown: off while one types, holds a modifier, or a dialog is open. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      if (act === undefined || event.defaultPrevented) return;
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const at = event.target as Element | null;
      if (at?.closest?.(typed) || document.querySelector('dialog[open]') !== null) return;
      act(event);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
