import { useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import type { OwnPreset, Preset } from '../../api/presets.ts';
import { setQuery } from '../../app/router.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { type ExportFile, readExport } from '../../parts/import/export-file.ts';
import { ImportDialog } from '../../parts/import/import-dialog.tsx';
import { LineField } from '../../parts/line-field.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { useAct } from '../../parts/use-act.ts';
import { freeName } from './acts.tsx';
import { type PresetFile, readPresetFile } from './preset-file.ts';

/** A preset out of a file: `.env` or JSON; or all presets of an export. */
export function Import(props: { readonly taken: readonly Preset[]; readonly onDone: () => void }) {
  const [read, setRead] = useState<PresetFile | null>(null);
  const [all, setAll] = useState<ExportFile | null>(null);
  const choose = async (file: File) => {
    const text = await file.text();
    const several = readExport(text);
    setAll(several === null ? null : { format: several.format, presets: several.presets ?? [] });
    if (several !== null) return;
    const found = readPresetFile(file.name, text);
    setRead({ ...found, name: freeName(found.name, props.taken) });
  };
  return (
    <>
      <FileButton
        text="Import…"
        label="Preset file"
        accept=".env,.json,text/*,application/json"
        onFile={choose}
      />
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
  const { busy, error, run } = useAct();
  const count = Object.keys(read.settings).length;
  const save = async (event: Event) => {
    event.preventDefault();
    await run(async () => {
      const { settings: config, description } = read;
      const made = await post<OwnPreset>('/api/presets', { name, description, config });
      props.onDone();
      setQuery({ preset: String(made.id) });
      toast(`The preset “${made.name}” is imported.`);
      props.onClose();
    });
  };
  return (
    <Dialog title="Import a preset" onClose={props.onClose}>
      <form onSubmit={save} class="fields">
        <LineField label="Name" required maxLength={100} value={name} onInput={setName} />
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
