import type { RefObject } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';
import { count } from '../../format/numbers.ts';
import { findAll, mostFound, nextFound } from './find.ts';

/** Searches a text: Enter goes on, Shift and Enter back. */
export function FindBar(props: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Where the cursor is; asked when one goes on. */
  readonly position: () => number;
  readonly onFound: (from: number, to: number) => void;
}) {
  const { text, search } = props;
  useKeys({
    '/': (event) => {
      event.preventDefault();
      props.input.current?.focus();
    },
  });
  const found = useMemo(() => findAll(text, search), [text, search]);
  const [at, setAt] = useState<number | null>(null);
  const step = (by: 1 | -1) => {
    const shown = at === null ? undefined : found[at];
    const from = shown === undefined ? props.position() : shown + (by === 1 ? 1 : 0);
    const next = nextFound(found, from, by);
    const start = found[next];
    if (start === undefined) return;
    setAt(next);
    props.onFound(start, start + search.length);
  };
  const many = `${count(found.length)}${found.length === mostFound ? ' or more' : ''}`;
  const told =
    search === '' || found.length === 0
      ? search === ''
        ? ''
        : 'not found'
      : at === null || at >= found.length
        ? `${many} found`
        : `${count(at + 1)} of ${many}`;
  return (
    <search class="ed-find">
      <input
        ref={props.input}
        class="in"
        type="search"
        data-search
        placeholder="Find in the text"
        aria-label="Find in the text"
        value={search}
        onInput={({ currentTarget }) => {
          setAt(null);
          props.onSearch(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <button
        type="button"
        class="btn quiet"
        disabled={found.length === 0}
        onClick={() => step(-1)}
      >
        Back
      </button>
      <button type="button" class="btn quiet" disabled={found.length === 0} onClick={() => step(1)}>
        Next
      </button>
      <span class="small dim" role="status">
        {told}
      </span>
    </search>
  );
}
