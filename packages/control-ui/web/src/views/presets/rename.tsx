import { useState } from 'preact/hooks';
import type { OwnPreset } from '../../api/presets.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { LineField } from '../../parts/line-field.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { useAct } from '../../parts/use-act.ts';
import { type List, renamed, writePreset } from './write.ts';

/** Another name and description. */
export function Rename(props: {
  readonly own: OwnPreset;
  readonly list: List;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  // The version that is edited, whatever the list behind shows by now.
  const [own] = useState(props.own);
  const [name, setName] = useState(own.name);
  const [description, setDescription] = useState(own.description);
  const { busy, error, run } = useAct();
  const save = async (event: Event) => {
    event.preventDefault();
    await run(async () => {
      const text = description.trim() === '' ? null : description;
      await writePreset({
        own,
        list: props.list,
        ...renamed(own, name, text),
        onDone: () => {
          props.onDone();
          toast(`The preset is called “${name.trim()}” now.`);
        },
        onLeft: props.onDone,
      });
      props.onClose();
    });
  };
  return (
    <Dialog title={`Rename ${own.name}`} onClose={props.onClose}>
      <form onSubmit={save} class="fields">
        <LineField label="Name" required maxLength={100} value={name} onInput={setName} />
        <LineField
          label="What it is for"
          maxLength={500}
          value={description}
          onInput={setDescription}
        />
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
