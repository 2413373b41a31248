import type { ImportItem } from '@trafficinator/contract/rest';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../../api/client.ts';
import { count } from '../../format/numbers.ts';
import { Dialog } from '../dialog.tsx';
import { Glyph } from '../glyph.tsx';
import { ProblemNote } from '../note.tsx';
import { Segmented } from '../segmented.tsx';
import { toast } from '../toast.tsx';
import type { ExportFile } from './export-file.ts';

interface Answer {
  readonly message: string;
  readonly items: readonly ImportItem[];
}
type Conflict = 'skip' | 'replace' | 'rename';

const conflicts = [
  ['skip', 'Keep what is here'],
  ['replace', 'Replace it'],
  ['rename', 'Take both'],
] as const;
const words = {
  created: 'new',
  replaced: 'replaces what is here',
  renamed: 'gets another name',
  skipped: 'left out: it is here already',
  refused: 'cannot be used',
} as const;
const glyphs = {
  created: ['finished', 'accepted'],
  replaced: ['info', 'accent'],
  renamed: ['finished', 'accepted'],
  skipped: ['dropped', 'quiet'],
  refused: ['failed', 'failed'],
} as const;

/** What an export would bring, row by row; then it is taken in. */
export function ImportDialog(props: {
  readonly file: ExportFile;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { file } = props;
  const [conflict, setConflict] = useState<Conflict>('skip');
  const [planned, setPlanned] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (dry_run: boolean) =>
    // What cannot be used is named below and left out.
    post<Answer>('/api/import', { export: file, conflict, partial: true, dry_run });
  useEffect(() => {
    let isAsked = true;
    setError(null);
    send(true).then(
      (answer) => isAsked && setPlanned(answer),
      (thrown) => isAsked && setError(thrown),
    );
    return () => {
      isAsked = false;
    };
  }, [conflict]);
  const items = planned?.items ?? [];
  const taken = items.filter(({ action }) => action !== 'skipped' && action !== 'refused').length;
  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      toast((await send(false)).message);
      props.onDone();
      props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Import an export"
      wide
      onClose={props.onClose}
      footer={
        <>
          <span class="small dim">Tokens are never part of an export.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={props.onClose} disabled={busy}>
            Cancel
          </button>
          <button
            type="button"
            class="btn primary"
            onClick={() => void take()}
            disabled={busy || taken === 0}
          >
            {busy ? 'Importing…' : `Import ${count(taken)} of ${count(items.length)}`}
          </button>
        </>
      }
    >
      <p class="row wraps">
        <span class="mid">Where something is here already:</span>
        <Segmented
          label="Where something is here already"
          options={conflicts}
          value={conflict}
          onChange={setConflict}
        />
      </p>
      <ProblemNote error={error} />
      {planned === null ? (
        error === null && <p class="dim">The service looks through it…</p>
      ) : (
        <Items items={items} />
      )}
    </Dialog>
  );
}

function Items({ items }: { readonly items: readonly ImportItem[] }) {
  if (items.length === 0) return <p class="mid">There is nothing in it.</p>;
  return (
    <div class="scroll tall">
      <table class="tbl">
        <thead>
          <tr>
            <th>What</th>
            <th>Name</th>
            <th>What becomes of it</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const [glyph, tone] = glyphs[item.action];
            return (
              <tr key={`${item.kind} ${item.name}`}>
                <td class="mid">{item.kind}</td>
                <td class="break">{item.name}</td>
                <td class="break">
                  <Glyph name={glyph} tone={tone} /> {words[item.action]}
                  {item.as !== null && `: ${item.as}`}
                  {item.errors.map(({ message, remedy }) => (
                    <p key={message} class="small mid">
                      {message} {remedy}
                    </p>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
