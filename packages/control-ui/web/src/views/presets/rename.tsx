import { useState } from 'preact/hooks';
import type { OwnPreset } from '../../api/presets.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { editPreset, putPreset } from './conflict.tsx';

/** Another name and description. */
export function Rename(props: {
  readonly own: OwnPreset;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { own } = props;
  const [name, setName] = useState(own.name);
  const [description, setDescription] = useState(own.description);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { name, description: description.trim() === '' ? null : description };
      const mine = { name: name.trim(), description: description.trim(), settings: own.settings };
      await editPreset(own, mine, async (on) => {
        await putPreset(on, body);
        props.onDone();
        toast(`The preset is called “${name.trim()}” now.`);
      });
      props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Rename ${own.name}`} onClose={props.onClose}>
      <form onSubmit={save} class="fields">
        <label class="lbl">
          Name
          <input
            class="in"
            required
            maxLength={100}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <label class="lbl">
          What it is for
          <input
            class="in"
            maxLength={500}
            value={description}
            onInput={({ currentTarget }) => setDescription(currentTarget.value)}
          />
        </label>
        <ProblemNote error={error} />
        <p class="row">
          <button type="submit" class="btn primary" disabled={busy || name.trim() === ''}>
            {busy ? 'Renaming…' : 'Rename'}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
