import { useEffect, useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';
import { useLeavingGuard } from '../leaving.ts';
import type { FileDraft } from './file-draft.ts';

/** After the last stroke, so long until the changes are kept for a reload. */
const keep_ms = 600;

/**
 * Reads the file when the view opens and when the window is looked at again, keeps changes over a reload, and asks
 * before they are left. ⌘Z or Ctrl Z takes a step back, where one does not type: there the field has its own.
 * `may`: whoever looks may change it. Returns why it could not be read.
 */
export function useFile(draft: FileDraft, may: boolean): unknown {
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    const look = () =>
      draft.look().then(
        () => !left && setFailed(null),
        (error) => !left && setFailed(error),
      );
    const seen = () => {
      if (document.visibilityState === 'visible') void look();
      else draft.keep();
    };
    const closing = () => draft.keep();
    void look();
    document.addEventListener('visibilitychange', seen);
    addEventListener('beforeunload', closing);
    return () => {
      left = true;
      draft.keep();
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('beforeunload', closing);
    };
  }, [draft]);
  const { noun, view } = draft.kind;
  useLeavingGuard(
    () =>
      draft.dirty.peek()
        ? {
            what: `changes to the ${noun} not saved`,
            effects: 'They wait in this tab until you save or discard them.',
          }
        : null,
    (path) => path.startsWith(`/${view}`) && /^([/?]|$)/.test(path.slice(view.length + 1)),
  );
  useKeys({
    'Mod+z': may ? { part: 'Editor', text: 'Undo', act: () => undoStep(draft) } : undefined,
  });
  const text = draft.text.value;
  useEffect(() => {
    const timer = setTimeout(() => draft.keep(), keep_ms);
    return () => clearTimeout(timer);
  }, [text, draft]);
  return failed;
}

/** Without a step the key is left to the browser. */
function undoStep(draft: FileDraft): boolean {
  if (!draft.canUndo.peek()) return false;
  draft.undo();
  return true;
}
