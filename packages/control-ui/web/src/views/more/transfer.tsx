import { useRef, useState } from 'preact/hooks';
import { get } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { type ExportFile, readExport } from '../../parts/import/export-file.ts';
import { ImportDialog } from '../../parts/import/import-dialog.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';

/** Everything that is kept here as one file, out and in. */
export function Transfer() {
  const input = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<ExportFile | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const all = await get<unknown>('/api/export');
      const day = new Date().toISOString().slice(0, 10);
      const text = `${JSON.stringify(all, null, 2)}\n`;
      saveFile(`trafficinator-${day}.json`, 'application/json', text);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const choose = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const file = currentTarget.files?.[0];
    if (file === undefined) return;
    const found = readExport(await file.text());
    setWrong(found === null ? file.name : null);
    setRead(found);
    currentTarget.value = '';
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
          <>
            <input
              ref={input}
              type="file"
              class="sr"
              accept=".json,application/json"
              aria-label="Export file"
              onChange={choose}
              tabIndex={-1}
            />
            <button type="button" class="btn" onClick={() => input.current?.click()}>
              Import…
            </button>
          </>
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
