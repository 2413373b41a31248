import type { Problem } from '@trafficinator/contract';
import { Note } from '../../parts/note.tsx';
import { events } from './events-draft.ts';
import { type EventRow, rootOf, withList, withShare } from './events-text.ts';
import { ListForm } from './list-form.tsx';
import { listTitles, type ShownList } from './lists.tsx';
import { ShareField } from './share-field.tsx';
import { settingOf } from './shown-lists.ts';

/** A list of the events file as a form. */
export function EventsForm(props: {
  readonly list: ShownList;
  readonly text: string;
  readonly found: readonly Problem[];
  readonly may: boolean;
}) {
  const { list, text, found, may } = props;
  const { name, built_in } = list;
  const root = rootOf(text) ?? {};
  const field = `${name}_probability`;
  const placed = found.map(({ fields, message, remedy, severity }) => ({
    path: fields[1] ?? '',
    text: message,
    sentence: `${message} ${remedy}`,
    severity,
  }));
  const isRow = ({ path }: { readonly path: string }) => path.startsWith(`${name}.`);
  // What is wrong with no row of this list, and with no field here.
  const others = placed.filter((each) => !isRow(each) && each.path !== field);
  const setting = settingOf(name);
  const change = (rows: readonly EventRow[], step: boolean) => {
    const changed = withList(root, name, rows);
    if (step) events.change(changed);
    else events.type(changed);
  };
  return (
    <>
      {others.map(({ path, sentence, severity }) => (
        <Note key={path + sentence} kind={severity === 'error' ? 'bad' : 'warn'}>
          {sentence}
        </Note>
      ))}
      <div class="event-list-head">
        <h3>
          {listTitles[name]} {built_in && <span class="tag">built in</span>}
        </h3>
        {may && !built_in && (
          <button
            type="button"
            class="btn quiet"
            onClick={() => events.change(withList(root, name, null))}
          >
            Use the built-in ones
          </button>
        )}
      </div>
      <ShareField
        key={name}
        name={field}
        value={root[field]}
        setting={setting.value}
        is_default={setting.is_default}
        mistake={placed.find(({ path }) => path === field)?.text ?? null}
        readOnly={!may}
        onChange={(value) => events.type(withShare(root, name, value))}
      />
      <ListForm
        key={`${name}-rows`}
        list={list}
        mistakes={placed.filter(isRow)}
        readOnly={!may}
        onChange={change}
        onUndo={() => events.undo()}
      />
    </>
  );
}
