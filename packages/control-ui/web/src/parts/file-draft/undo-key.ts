import { useEffect } from 'preact/hooks';
import type { FileDraft } from './file-draft.ts';

const typed = 'input:not([type=checkbox]), textarea, select';

/** ⌘Z or Ctrl Z takes a step back, where one does not type: there the field has its own. */
export function useUndoKey(draft: FileDraft, may: boolean): void {
  useEffect(() => {
    if (!may) return;
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.metaKey || event.ctrlKey) && !event.shiftKey && event.key === 'z';
      if (!isUndo || event.defaultPrevented || !draft.canUndo.peek()) return;
      const at = event.target as Element | null;
      if (at?.matches?.(typed) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      draft.undo();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [draft, may]);
}
