import { readFunnels } from '@trafficinator/contract/funnels-file';
import { useState } from 'preact/hooks';
import { type Fields, importFunnels } from '../../api/funnels.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';

interface Read {
  readonly file: string;
  readonly funnels: readonly Fields[];
  readonly told: readonly { readonly message: string; readonly isError: boolean }[];
}

const modes = [
  ['rename', 'Keep both: the new ones get another name'],
  ['replace', 'Replace those that are here'],
  ['skip', 'Leave out those that are here'],
] as const;

/** Funnels out of a file: one funnel, or a list of them. */
export function Import(props: { readonly names: readonly string[]; readonly onDone: () => void }) {
  const [read, setRead] = useState<Read | null>(null);
  const choose = async (file: File) => setRead(readFile(file.name, await file.text()));
  return (
    <>
      <FileButton
        look="link"
        text="Import…"
        label="Funnels file"
        accept=".json,application/json"
        onFile={choose}
      />
      {read !== null && <Confirm read={read} {...props} onClose={() => setRead(null)} />}
    </>
  );
}

function readFile(file: string, text: string): Read {
  const { problems } = readFunnels(text, file);
  const told = problems
    .filter(({ code }) => code !== 'funnel_shares')
    .map(({ message, severity }) => ({ message, isError: severity === 'error' }));
  if (told.some(({ isError }) => isError)) return { file, funnels: [], told };
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  return { file, funnels: (Array.isArray(value) ? value : [value]) as Fields[], told };
}

function Confirm(props: {
  readonly read: Read;
  readonly names: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { read, names, onClose } = props;
  const [mode, setMode] = useState<(typeof modes)[number][0]>('rename');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const own = read.funnels.map(({ name }) => String(name));
  const taken = own.filter((name) => names.includes(name.trim()));
  const take = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { message } = await importFunnels(read.funnels, mode);
      props.onDone();
      toast(message);
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Import ${read.file}`} onClose={onClose}>
      <form class="fields" onSubmit={take}>
        <p class="mid">
          {own.length > 0
            ? own.map((name) => `“${name}”`).join(', ')
            : read.told.length > 0
              ? 'Nothing can be imported until the file is mended.'
              : 'The file holds no funnel.'}
        </p>
        {read.told.length > 0 && (
          <ul class="list-err">
            {read.told.slice(0, 30).map(({ message, isError }) => (
              <li key={message}>
                <Glyph
                  name={isError ? 'failed' : 'unknown'}
                  tone={isError ? 'failed' : 'unknown'}
                />
                <span>{message}</span>
              </li>
            ))}
          </ul>
        )}
        {taken.length > 0 && (
          <fieldset class="fields">
            <legend class="mid">
              {taken.length === 1
                ? `“${taken[0]}” is here already.`
                : `${taken.length} names are here already.`}
            </legend>
            {modes.map(([value, text]) => (
              <label key={value} class="row">
                <input
                  type="radio"
                  name="conflict"
                  checked={mode === value}
                  onChange={() => setMode(value)}
                />
                {text}
              </label>
            ))}
          </fieldset>
        )}
        <ProblemNote error={error} />
        <p class="row">
          <button type="submit" class="btn primary" disabled={busy || own.length === 0}>
            {busy
              ? 'Importing…'
              : `Import ${own.length === 1 ? '1 funnel' : `${own.length} funnels`}`}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
