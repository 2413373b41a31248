import { useEffect } from 'preact/hooks';
import { undo } from './editing.ts';
import { nextMistake } from './jump.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');

/** `n` next mistake, ⌘Z or Ctrl Z undo, ⌘↵ or Ctrl ↵ save. Single letters are for typing while one types. */
export function useFunnelKeys(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') !== null) return;
      const command = event.metaKey || event.ctrlKey;
      if (command && event.key === 'Enter') {
        event.preventDefault();
        save();
      } else if (command && event.key === 'z' && !event.shiftKey && !isTyping(event.target)) {
        event.preventDefault();
        undo();
      } else if (event.key === 'n' && !command && !event.altKey && !isTyping(event.target)) {
        event.preventDefault();
        nextMistake();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [save]);
}
