import { useState } from 'preact/hooks';
import { get } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { FileButton } from '../../parts/file-button.tsx';
import { type ExportFile, readExport } from '../../parts/import/export-file.ts';
import { ImportDialog } from '../../parts/import/import-dialog.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';
import { useAct } from '../../parts/use-act.ts';

/** Everything that is kept here as one file, out and in. */
export function Transfer() {
  const [read, setRead] = useState<ExportFile | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { busy, error, run } = useAct();
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const save = async () => {
    await run(async () => {
      const all = await get<unknown>('/api/export');
      const day = new Date().toISOString().slice(0, 10);
      const text = `${JSON.stringify(all, null, 2)}\n`;
      saveFile(`trafficinator-${day}.json`, 'application/json', text);
    });
  };
  const choose = async (file: File) => {
    const found = readExport(await file.text());
    setWrong(found === null ? file.name : null);
    setRead(found);
  };
  return (
    <Section title="Everything in one file">
      <p class="mid">
        Settings, targets, presets, funnels, URLs, events and what this page remembers, without
        tokens and without runs. Take it to another service, or keep it.
      </p>
      <p class="row acts wraps">
        <button type="button" class="btn" disabled={busy} onClick={() => void save()}>
          {busy ? 'Exporting…' : 'Export everything'}
        </button>
        {may && (
          <FileButton
            text="Import…"
            label="Export file"
            accept=".json,application/json"
            onFile={choose}
          />
        )}
      </p>
      <ProblemNote error={error} />
      {wrong !== null && (
        <Note kind="bad">
          {wrong} is no export of this service. A single preset is imported under Presets.
        </Note>
      )}
      {read !== null && (
        <ImportDialog file={read} onClose={() => setRead(null)} onDone={() => setWrong(null)} />
      )}
    </Section>
  );
}
