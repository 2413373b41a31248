import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { toast } from '../../parts/toast.tsx';
import { readEnv } from './env-read.ts';
import { changeMany, saved } from './form.ts';

/** Takes the values of a `.env` file into the form. */
export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const form = saved.value;
  if (form === null) return null;
  const { values, told } = readEnv('.env', text);
  const isHere = (name: string) => Object.hasOwn(form.list, name);
  const names = Object.keys(values).filter(isHere);
  const left = Object.keys(values).filter((name) => !isHere(name));
  const take = () => {
    changeMany(values);
    toast(
      `${settingsText(names.length)} from the file ${names.length === 1 ? 'is' : 'are'} in the form.`,
    );
    onClose();
  };
  return (
    <Dialog
      title="Paste a .env file"
      wide
      onClose={onClose}
      footer={
        <>
          <span class="small dim">Nothing is applied yet.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="button" class="btn primary" disabled={names.length === 0} onClick={take}>
            Take {settingsText(names.length)} into the form
          </button>
        </>
      }
    >
      <label class="lbl">
        Lines of NAME=VALUE
        <textarea
          class="in mono area"
          rows={12}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <ul class="list-err" aria-live="polite">
        {told.map(({ code, message, remedy, source, severity }) => (
          <li key={`${code} ${source} ${message}`}>
            <Glyph
              name={severity === 'error' ? 'failed' : 'info'}
              tone={severity === 'error' ? 'failed' : 'quiet'}
            />
            <span>
              {source}: {message} {remedy}
            </span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p class="small dim">
          Left out, because the service decides them: <code>{left.join(', ').toUpperCase()}</code>.
        </p>
      )}
    </Dialog>
  );
}

const settingsText = (count: number): string => `${count} ${count === 1 ? 'setting' : 'settings'}`;
