import { preference, texts } from '../../api/preferences.ts';

/** Columns that one may do without; the others tell which run it is. */
const columns = [
  ['kind', 'Kind'],
  ['about', 'Name, preset or window'],
  ['started', 'Started'],
  ['lasted', 'Lasted'],
  ['visits', 'Visits'],
  ['hits', 'Hits'],
  ['accepted', 'Accepted'],
  ['p95', 'Answer p95'],
] as const;
export type Column = (typeof columns)[number][0];

const hidden = preference('run_columns_hidden', texts, []);

export const isShown = (column: Column): boolean => !hidden.value.includes(column);

/** Chooses the columns of the list; the choice is remembered. */
export function ColumnChoice() {
  const toggle = (column: Column) => {
    const others = hidden.value.filter((each) => each !== column);
    hidden.set(isShown(column) ? [...others, column] : others);
  };
  return (
    <details class="columns" onKeyDown={closeByEscape} onFocusOut={closeWhenLeft}>
      <summary class="btn quiet">Columns</summary>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own */}
      <div role="group" aria-label="Columns">
        {columns.map(([column, text]) => (
          <label key={column} class="row small nowrap">
            <input
              class="check"
              type="checkbox"
              checked={isShown(column)}
              onChange={() => toggle(column)}
            />
            {text}
          </label>
        ))}
      </div>
    </details>
  );
}

function closeByEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !details.open) return;
  details.open = false;
  details.querySelector('summary')?.focus();
}

function closeWhenLeft(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  const to = event.relatedTarget;
  if (to instanceof Node && !details.contains(to)) details.open = false;
}
