import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { toast } from '../../parts/toast.tsx';
import { EventRowForm, inputId } from './event-row.tsx';
import { type EventRow, nameOf, weightOf, withField } from './events-text.ts';
import type { ShownList } from './lists.tsx';

const portion = 100;
const mostTold = 10;

/** A mistake of the file, by its place: `click_events.0.action`. */
export interface PlacedMistake {
  readonly path: string;
  readonly text: string;
}

/** The events of a list as rows. */
export function ListForm(props: {
  readonly list: ShownList;
  readonly mistakes: readonly PlacedMistake[];
  readonly readOnly: boolean;
  /** Typing in a row; one of several steps at once is `step`. */
  readonly onChange: (rows: readonly EventRow[], step: boolean) => void;
  readonly onUndo: () => void;
}) {
  const { list, mistakes, readOnly, onChange } = props;
  const { rows } = list;
  const [shown, setShown] = useState(portion);
  const [added, setAdded] = useState(0);
  const box = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (added > 0) box.current?.querySelector<HTMLElement>('li:last-child input')?.focus();
  }, [added]);
  const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
  const remove = (position: number) => {
    const removed = rows[position];
    onChange(rows.toSpliced(position, 1), true);
    toast(`“${nameOf(removed ?? {})}” is removed.`, props.onUndo);
  };
  const add = () => {
    onChange([...rows, { category: '', action: '' }], true);
    setShown(Math.max(shown, rows.length + 1));
    setAdded(added + 1);
  };
  const rest = rows.length - shown;
  return (
    <>
      <Mistakes
        list={list}
        mistakes={mistakes}
        onShow={(at) => setShown(Math.max(shown, at + 1))}
      />
      <div class="event-head small dim" aria-hidden="true">
        <span>Category</span>
        <span>Action</span>
        <span>Name</span>
        <span class="num">Value</span>
        <span class="num">Weight</span>
        <span class="num">Share</span>
      </div>
      <ol class="event-rows" ref={box}>
        {rows.slice(0, shown).map((row, at) => (
          <EventRowForm
            key={at}
            row={row}
            position={at}
            total_weight={total}
            mistakes={mistakesOf(mistakes, `${list.name}.${at}`)}
            readOnly={readOnly}
            onChange={(field, value) => onChange(withField(rows, at, field, value), false)}
            onRemove={() => remove(at)}
          />
        ))}
      </ol>
      {rows.length === 0 && (
        <p class="mid">The list is empty, so there are none of these events.</p>
      )}
      {rest > 0 && (
        <p class="small dim shares-foot">
          {count(rest)} more.{' '}
          <button type="button" class="link" onClick={() => setShown(shown + portion)}>
            Show {count(Math.min(rest, portion))} more
          </button>
        </p>
      )}
      {!readOnly && (
        <p class="row acts">
          <button type="button" class="btn" onClick={add}>
            Add an event
          </button>
        </p>
      )}
    </>
  );
}

/** What is wrong in the rows, each with a link to its field. */
function Mistakes(props: {
  readonly list: ShownList;
  readonly mistakes: readonly PlacedMistake[];
  readonly onShow: (position: number) => void;
}) {
  const [wanted, setWanted] = useState<{
    readonly position: number;
    readonly field: string;
  } | null>(null);
  useLayoutEffect(() => {
    if (wanted === null) return;
    // A field that no event has has no input either.
    const input = document.getElementById(inputId(wanted.position, wanted.field));
    (input ?? document.getElementById(inputId(wanted.position, 'category')))?.focus();
  }, [wanted]);
  const go = (path: string) => {
    const [, position = '0', field = 'category'] = path.split('.');
    props.onShow(Number(position));
    setWanted({ position: Number(position), field });
  };
  if (props.mistakes.length === 0) return null;
  return (
    <ul class="list-err event-mistakes" aria-label="Mistakes in the events">
      {props.mistakes.slice(0, mostTold).map(({ path, text }) => (
        <li key={path + text}>
          <Glyph name="failed" tone="failed" />
          <button type="button" class="link small" onClick={() => go(path)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

function mistakesOf(mistakes: readonly PlacedMistake[], place: string) {
  return mistakes
    .filter(({ path }) => path === place || path.startsWith(`${place}.`))
    .map(({ path, text }) => ({ field: path.slice(place.length + 1), text }));
}
