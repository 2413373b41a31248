import { useKeys } from '../../app/keys.ts';
import { canUndo, errors, undo } from './form.ts';
import { jumpTo } from './jump.ts';

/** `n` next error, ⌘Z or Ctrl Z undo, ⌘↵ or Ctrl ↵ review */
export function useSettingsKeys(review: () => void): void {
  useKeys({ n: nextError, 'Mod+z': () => canUndo.value && undo(), 'Mod+Enter': review });
}

let told: string | null = null;

function nextError(): void {
  const fields = errors.value.flatMap(({ fields: [first] }) => first ?? []);
  const next = fields[fields.indexOf(told ?? '') + 1] ?? fields[0];
  if (next === undefined) return;
  told = next;
  jumpTo(next);
}
