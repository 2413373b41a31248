import type { ComponentChildren } from 'preact';
import { Glyph } from '../../parts/glyph.tsx';

/** One of the steps: done, now, or later. */
export function Step(props: {
  readonly no: number;
  readonly now: number;
  readonly title: string;
  /** Goes back to it. */
  readonly onChange?: () => void;
  readonly children: ComponentChildren;
}) {
  const { no, now, title } = props;
  const state = no < now ? 'done' : no === now ? 'now' : 'later';
  return (
    <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span class="no">{state === 'done' ? <Glyph name="finished" /> : no}</span>
      <div>
        <div class="row between">
          <h2>{title}</h2>
          {state === 'done' && props.onChange !== undefined && (
            <button
              type="button"
              class="link small"
              aria-label={`Change: ${title}`}
              onClick={props.onChange}
            >
              Change
            </button>
          )}
        </div>
        {props.children}
      </div>
    </li>
  );
}
