import { useKeys } from '../../app/keys.ts';
import { undo } from './editing.ts';
import { nextMistake } from './jump.ts';

/** The row that has the focus moves itself: here the keys are only named. */
const byRow = (): false => false;

/** `n` next mistake, ⌘Z or Ctrl Z undo, ⌘↵ or Ctrl ↵ save, Alt and arrows move a step. */
export function useFunnelKeys(save: () => void): void {
  useKeys({
    n: { part: 'Editor', text: 'Next mistake', act: nextMistake },
    'Mod+z': { part: 'Editor', text: 'Undo', act: undo },
    'Mod+Enter': { part: 'Editor', text: 'Save', act: save },
    'Alt+ArrowUp': byRow,
    'Alt+ArrowDown': byRow,
  });
}
