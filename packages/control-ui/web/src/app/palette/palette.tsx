import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { preference, texts } from '../../api/preferences.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { useAskedCommands } from './asked-commands.ts';
import type { Command } from './command.ts';
import { commandsNow } from './commands.ts';
import { type Found, find } from './find.ts';
import { palette_open } from './open.ts';

const recent = preference('recent_commands', texts, []);
const recent_kept = 5;
const closePalette = (): void => {
  palette_open.value = false;
};

/** Everything that can be done or gone to, found by a few letters. */
export default function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const { commands: fromService, error } = useAskedCommands();
  // What could be done when it was opened: the list does not jump while one reads it.
  const now = useMemo(commandsNow, []);
  const groups = useMemo(
    () => find([...now, ...fromService], asked, recent.value),
    [now, fromService, asked],
  );
  const all = groups.flatMap(({ found }) => found);
  const chosen = Math.min(at, all.length - 1);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => before?.focus?.();
  }, []);
  useEffect(() => {
    document.getElementById(optionId(chosen))?.scrollIntoView({ block: 'nearest' });
  }, [chosen, groups]);

  const run = ({ id, act }: Command) => {
    recent.set([id, ...recent.value.filter((each) => each !== id)].slice(0, recent_kept));
    closePalette();
    // The focus is back where it was before a dialog of the command takes it.
    setTimeout(act);
  };
  const keyed = (event: KeyboardEvent) => {
    const last = all.length - 1;
    const next = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + 8,
      PageUp: chosen - 8,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const wraps = event.key.startsWith('Arrow');
      if (wraps) setAt(next > last ? 0 : next < 0 ? last : next);
      else setAt(Math.max(0, Math.min(next, last)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const found = all[chosen];
      if (found !== undefined) run(found.command);
    }
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it too
    <dialog
      ref={dialog}
      class="dlg pal"
      aria-label="Search and commands"
      onCancel={(event) => {
        event.preventDefault();
        closePalette();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) closePalette();
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-label="Search or run a command"
        aria-expanded="true"
        aria-controls="palette-results"
        aria-autocomplete="list"
        aria-activedescendant={all.length === 0 ? undefined : optionId(chosen)}
        placeholder="Search or run a command"
        autocomplete="off"
        spellcheck={false}
        value={asked}
        onInput={({ currentTarget }) => {
          setAsked(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keyed}
        autofocus
      />
      <div id="palette-results" class="res" role="listbox" aria-label="Results">
        {groups.map(({ title, found }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
          <div key={title} role="group" aria-label={title}>
            <h3 role="presentation">{title}</h3>
            {found.map((each) => {
              const place = all.indexOf(each);
              return (
                <Option
                  key={each.command.id}
                  id={optionId(place)}
                  found={each}
                  selected={place === chosen}
                  onPoint={() => setAt(place)}
                  onRun={() => run(each.command)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {all.length === 0 && (
        <p class="none mid" role="status">
          Nothing is called “{asked.trim()}”. Views, commands, presets, settings and the newest runs
          were searched.
        </p>
      )}
      <ProblemNote error={error} />
      <footer>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>↵</kbd> do it
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
        <span class="sp" />
        <span class="sr" role="status">
          {all.length} {all.length === 1 ? 'result' : 'results'}
        </span>
      </footer>
    </dialog>
  );
}

const optionId = (place: number): string => `palette-option-${place}`;

function Option(props: {
  readonly id: string;
  readonly found: Found;
  readonly selected: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}) {
  const { title, about, caps = [] } = props.found.command;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys and the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox has the keys and the focus
    <div
      id={props.id}
      role="option"
      class="opt"
      aria-selected={props.selected}
      onPointerMove={props.onPoint}
      onClick={props.onRun}
    >
      <span class="what">
        <Marked text={title} marks={props.found.marks} /> <span class="dim small">{about}</span>
      </span>
      <span class="k" aria-hidden="true">
        {caps.map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </span>
    </div>
  );
}

function Marked(props: { readonly text: string; readonly marks: Found['marks'] }) {
  const { text, marks } = props;
  let from = 0;
  const parts = marks.flatMap(([start, end]) => {
    const before = text.slice(from, start);
    from = end;
    return [before, <mark key={start}>{text.slice(start, end)}</mark>];
  });
  return (
    <span>
      {parts}
      {text.slice(from)}
    </span>
  );
}
