import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { capsOf, keyParts } from './key-names.ts';
import { boundKeys, isDialogOpen, isTyping } from './keys.ts';
import { go } from './router.ts';
import { views } from './views.ts';

const shown = signal(false);
/** After `g`, so long a second key is waited for. */
const wait_ms = 1_500;
let since_ms = Number.NEGATIVE_INFINITY;
const waiting = (): boolean => performance.now() - since_ms < wait_ms;

export function openSheet(): void {
  shown.value = true;
}

/** The second half of a shortcut, before the keys of a view; `g` begins one. */
function goByKeys(event: KeyboardEvent): void {
  const { key } = event;
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (isTyping(event.target) || isDialogOpen()) return;
  if (!waiting()) {
    if (key === 'g') since_ms = performance.now();
    return;
  }
  since_ms = Number.NEGATIVE_INFINITY;
  const view = views.find((each) => each.key === key);
  if (view === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  go(`/${view.name}`);
}

/** Goes to views by two keys, and lists every key that does something where one is. */
export function Shortcuts() {
  useEffect(() => {
    addEventListener('keydown', goByKeys, true);
    return () => removeEventListener('keydown', goByKeys, true);
  }, []);
  if (!shown.value) return null;
  const rows = [
    ...views.map(({ title, key }) => ({ part: 'Go to', text: title, caps: ['g', key] })),
    ...boundKeys.value.map(({ part, text, key }) => ({ part, text, caps: capsOf(key) })),
  ];
  const parts = keyParts.filter((part) => rows.some((row) => row.part === part));
  return (
    <Dialog
      title="Keys"
      wide
      onClose={() => {
        shown.value = false;
      }}
    >
      <div class="keys">
        {parts.map((part) => (
          <section key={part} aria-label={part}>
            <h3>{part}</h3>
            <ul>
              {rows
                .filter((row) => row.part === part)
                .map(({ text, caps }) => (
                  <li key={text}>
                    <span>{text}</span>
                    <span class="k">
                      {caps.map((cap) => (
                        <kbd key={cap}>{cap}</kbd>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <p class="small dim foot-note">
        The keys of this view and of every view. They are off while you type or a dialog is open.
      </p>
    </Dialog>
  );
}
