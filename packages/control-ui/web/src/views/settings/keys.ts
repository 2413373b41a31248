import { useEffect } from 'preact/hooks';
import { errors, undo } from './form.ts';
import { jumpTo } from './jump.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');

/** `n` next error, ⌘Z or Ctrl Z undo, ⌘↵ or Ctrl ↵ review. Single letters are for typing while one types. */
export function useSettingsKeys(review: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') !== null) return;
      const command = event.metaKey || event.ctrlKey;
      if (command && event.key === 'Enter') {
        event.preventDefault();
        review();
      } else if (command && event.key === 'z' && !event.shiftKey && !isTyping(event.target)) {
        event.preventDefault();
        undo();
      } else if (event.key === 'n' && !command && !event.altKey && !isTyping(event.target)) {
        event.preventDefault();
        nextError();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [review]);
}

let told: string | null = null;

function nextError(): void {
  const fields = errors.value.flatMap(({ fields: [first] }) => first ?? []);
  const next = fields[fields.indexOf(told ?? '') + 1] ?? fields[0];
  if (next === undefined) return;
  told = next;
  jumpTo(next);
}
