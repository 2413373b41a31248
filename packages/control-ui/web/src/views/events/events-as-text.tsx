import type { TextProblem } from '../../parts/text-editor/problem.ts';
import { TextEditor } from '../../parts/text-editor/text-editor.tsx';
import { builtIn, events } from './events-draft.ts';
import { asWritten, rootOf, withList } from './events-text.ts';

/** The events file as the text that it is. */
export function EventsAsText(props: {
  readonly text: string;
  readonly problems: readonly TextProblem[];
  readonly may: boolean;
}) {
  const root = rootOf(props.text);
  const isBare = root !== null && Object.keys(root).length === 0;
  return (
    <>
      {props.may && isBare && (
        <p class="row acts">
          <button type="button" class="btn" onClick={() => events.change(builtInText())}>
            Begin with the built-in events
          </button>
        </p>
      )}
      <TextEditor
        label="Events file"
        language="json"
        value={props.text}
        onInput={(typed) => events.type(typed)}
        onUndo={() => events.undo()}
        problems={props.problems}
        readOnly={!props.may}
      />
    </>
  );
}

function builtInText(): string {
  const { click_events, random_events } = builtIn.peek();
  const clicks = withList({}, 'click_events', asWritten(click_events));
  return withList(rootOf(clicks) ?? {}, 'random_events', asWritten(random_events));
}
