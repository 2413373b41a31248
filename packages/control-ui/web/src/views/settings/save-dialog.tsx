import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { LineField } from '../../parts/line-field.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { useAct } from '../../parts/use-act.ts';
import { changedNames, errors, written } from './form.ts';

/** Keeps the form as it is under a name, changes that were not applied included. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [withToken, setWithToken] = useState(false);
  const { busy, error, run } = useAct();
  const wrong =
    errors.value.length > 0 && errors.value.some(({ code }) => code !== 'target_missing');
  const save = async (event: Event) => {
    event.preventDefault();
    await run(async () => {
      await post('/api/presets', {
        name,
        description: description.trim() === '' ? null : description,
        config: written.value,
        with_secrets: withToken,
      });
      toast(`The preset “${name.trim()}” is saved.`);
      onClose();
    });
  };
  return (
    <Dialog title="Save as preset" onClose={onClose}>
      <form onSubmit={save} class="fields">
        <LineField label="Name" required maxLength={100} value={name} onInput={setName} />
        <LineField
          label="What it is for"
          maxLength={500}
          value={description}
          onInput={setDescription}
        />
        <label class="row small mid">
          <input
            class="check"
            type="checkbox"
            checked={withToken}
            onChange={({ currentTarget }) => setWithToken(currentTarget.checked)}
          />
          Keep the saved tokens with it, encrypted
        </label>
        <p class="small dim">
          {changedNames.value.length > 0
            ? 'It keeps the form as it is, with the changes that are not applied.'
            : 'It keeps the saved settings.'}
        </p>
        {wrong && <p class="small o-failed">Mend the errors of the form first.</p>}
        <ProblemNote error={error} />
        <p class="row">
          <button type="submit" class="btn primary" disabled={busy || wrong || name.trim() === ''}>
            {busy ? 'Saving…' : 'Save the preset'}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
