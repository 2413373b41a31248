import { useState } from 'preact/hooks';
import { Problem } from '../../api/client.ts';
import { saveAs } from '../../format/save-as.ts';
import { confirm } from '../confirm.tsx';
import { FileButton } from '../file-button.tsx';
import { Note, ProblemNote } from '../note.tsx';
import { toast } from '../toast.tsx';
import { asTyped, builtInTag, type FileDraft } from './file-draft.ts';

const largest_bytes = 8 * 1024 * 1024;

/** What can be done with the file as a whole, below its heading. */
export function FileActs(props: {
  readonly draft: FileDraft;
  readonly may: boolean;
  readonly accept: string;
  /** Why it cannot be saved; null: it can. */
  readonly hindrance: string | null;
}) {
  const { draft, may, hindrance } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const dirty = draft.dirty.value;
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await draft.save();
      toast(`The ${draft.kind.noun} are saved. Loaders take them at their next start.`);
    } catch (thrown) {
      const isLate = thrown instanceof Problem && thrown.details.status === 412;
      if (isLate) await draft.look().catch(setError);
      else setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p class="row acts">
        {may && <Upload draft={draft} accept={props.accept} onUnread={setUnread} />}
        <button
          type="button"
          class="btn"
          disabled={draft.text.value === ''}
          onClick={() => saveAs(draft.kind.file, draft.text.peek())}
        >
          Download
        </button>
        {may && draft.saved.value?.etag !== builtInTag && (
          <button type="button" class="btn" onClick={() => reset(draft)}>
            Reset…
          </button>
        )}
        <span class="sp" />
        {may && draft.canUndo.value && (
          <button type="button" class="btn quiet" onClick={() => draft.undo()}>
            Undo
          </button>
        )}
        {may && dirty && (
          <button type="button" class="btn quiet" onClick={() => draft.discard()}>
            Discard
          </button>
        )}
        {may && (
          <button
            type="button"
            class="btn primary"
            disabled={!dirty || busy || hindrance !== null}
            onClick={save}
          >
            {busy ? 'Saving…' : 'Save'}
          </button>
        )}
      </p>
      {may && dirty && hindrance !== null && <p class="small mid acts-why">{hindrance}</p>}
      {dirty && !draft.isKept.value && (
        <Note kind="warn">
          The changes are too large for this browser to keep over a reload. Save or download them.
        </Note>
      )}
      {unread !== null && <Note kind="bad">{unread}</Note>}
      <ProblemNote error={error} />
    </>
  );
}

function Upload(props: {
  readonly draft: FileDraft;
  readonly accept: string;
  readonly onUnread: (why: string | null) => void;
}) {
  const { draft, onUnread } = props;
  const choose = async (file: File) => {
    onUnread(null);
    try {
      if (file.size > largest_bytes) throw new RangeError();
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      draft.change(asTyped(text));
      toast(`${file.name} is in the field, not saved yet.`, () => draft.undo());
    } catch (thrown) {
      const why = thrown instanceof RangeError ? 'is larger than 8 MiB' : 'is no text in UTF-8';
      onUnread(`${file.name} ${why}. Nothing was changed.`);
    }
  };
  return (
    <FileButton
      text="Upload…"
      label={`File with ${draft.kind.noun}`}
      accept={props.accept}
      onFile={choose}
    />
  );
}

function reset(draft: FileDraft): void {
  const { noun } = draft.kind;
  confirm({
    title: `Reset the ${noun} to the built-in ones?`,
    effects: `The saved ${noun} are removed; loaders take the built-in ones at their next start. You can undo it right after.`,
    verb: 'Reset',
    busy: 'Resetting…',
    danger: true,
    act: async () => {
      const { restore } = await draft.reset();
      const undo = () =>
        void restore().then(
          () => toast(`Your ${noun} are saved again.`),
          () => toast(`Your ${noun} could not be saved again. They are in the field.`),
        );
      toast(`The built-in ${noun} apply.`, undo);
    },
  });
}
