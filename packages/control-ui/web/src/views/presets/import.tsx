import { useRef, useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import type { OwnPreset, Preset } from '../../api/presets.ts';
import { setQuery } from '../../app/router.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { type ExportFile, readExport } from '../../parts/import/export-file.ts';
import { ImportDialog } from '../../parts/import/import-dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { freeName } from './acts.tsx';
import { type PresetFile, readPresetFile } from './preset-file.ts';

/** A preset out of a file: `.env` or JSON; or all presets of an export. */
export function Import(props: { readonly taken: readonly Preset[]; readonly onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<PresetFile | null>(null);
  const [all, setAll] = useState<ExportFile | null>(null);
  const choose = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const file = currentTarget.files?.[0];
    if (file === undefined) return;
    const text = await file.text();
    currentTarget.value = '';
    const several = readExport(text);
    setAll(several === null ? null : { format: several.format, presets: several.presets ?? [] });
    if (several !== null) return;
    const found = readPresetFile(file.name, text);
    setRead({ ...found, name: freeName(found.name, props.taken) });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        class="sr"
        accept=".env,.json,text/*,application/json"
        aria-label="Preset file"
        onChange={choose}
        tabIndex={-1}
      />
      <button type="button" class="btn" onClick={() => input.current?.click()}>
        Import…
      </button>
      {all !== null && (
        <ImportDialog file={all} onClose={() => setAll(null)} onDone={props.onDone} />
      )}
      {read !== null && <Confirm read={read} onClose={() => setRead(null)} onDone={props.onDone} />}
    </>
  );
}

function Confirm(props: {
  readonly read: PresetFile;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { read } = props;
  const [name, setName] = useState(read.name);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const count = Object.keys(read.settings).length;
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { settings: config, description } = read;
      const made = await post<OwnPreset>('/api/presets', { name, description, config });
      props.onDone();
      setQuery({ preset: String(made.id) });
      toast(`The preset “${made.name}” is imported.`);
      props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title="Import a preset" onClose={props.onClose}>
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
        <p class="mid">{count} settings, without tokens.</p>
        {read.told.length > 0 && (
          <ul class="list-err">
            {read.told.map((text) => (
              <li key={text}>
                <span />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        )}
        <ProblemNote error={error} />
        <p class="row">
          <button type="submit" class="btn primary" disabled={busy || count === 0 || name === ''}>
            {busy ? 'Importing…' : `Import ${count} settings`}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
