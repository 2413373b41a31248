import { useRef } from 'preact/hooks';
import type { Language } from './highlight.ts';

const written: Readonly<Record<Language, string>> = { urls: '\t', json: '  ' };

/** Tab writes into the text; after Esc it goes on to the next control, as Shift and Tab always goes back. */
export function useTabKey(language: Language, readOnly: boolean): (event: KeyboardEvent) => void {
  const leaving = useRef(false);
  return (event) => {
    const leaves = leaving.current;
    leaving.current = event.key === 'Escape';
    if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (event.altKey || readOnly || leaves) return;
    event.preventDefault();
    // The only way to write that the browser's own undo knows of.
    document.execCommand('insertText', false, written[language]);
  };
}
