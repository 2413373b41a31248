import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { useKeys } from './keys.ts';
import { go } from './router.ts';
import { nextTheme } from './theme.ts';
import { views } from './views.ts';

const shown = signal(false);
/** After `g`, so long a second key is waited for. */
const wait_ms = 1_500;
let since_ms = Number.NEGATIVE_INFINITY;

const others = [
  ['?', 'this list'],
  ['t', 'theme'],
  ['j k', 'rows down and up'],
  ['Enter', 'open'],
  ['x', 'select'],
  ['c', 'compare two runs'],
  ['f', 'follow the log'],
  ['n', 'next error in the settings or a funnel'],
  ['Alt ↑ ↓', 'move a step or a funnel'],
  ['Esc', 'close'],
] as const;

/** Keys that work everywhere, and the list of them. */
export function Shortcuts() {
  useKeys({
    '?': () => {
      shown.value = true;
    },
    t: () => {
      if (!waiting()) nextTheme();
    },
    g: () => {
      since_ms = performance.now();
    },
  });
  useEffect(() => {
    // Before the keys of a view: a letter after `g` is the second half of a shortcut.
    const second = (event: KeyboardEvent) => {
      if (!waiting() || event.key === 'g') return;
      const view = views.find(({ key }) => key === event.key);
      since_ms = Number.NEGATIVE_INFINITY;
      if (view === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      go(`/${view.name}`);
    };
    addEventListener('keydown', second, true);
    return () => removeEventListener('keydown', second, true);
  }, []);
  if (!shown.value) return null;
  return (
    <Dialog
      title="Keys"
      onClose={() => {
        shown.value = false;
      }}
    >
      <ul class="diff">
        {views.map(({ name, title, key }) => (
          <li key={name}>
            <span>{title}</span>
            <span>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </span>
          </li>
        ))}
        {others.map(([key, text]) => (
          <li key={key}>
            <span>{text}</span>
            <span>
              {key.split(' ').map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const waiting = (): boolean => performance.now() - since_ms < wait_ms;
