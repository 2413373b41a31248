import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { ask, get, Problem } from '../../api/client.ts';
import type { OwnPreset } from '../../api/presets.ts';
import { momentOf } from '../../format/times.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';

/** What somebody wants a preset to be; settings null: those that are saved. null: deleted. */
type Wanted = {
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, unknown>> | null;
} | null;

interface Conflicting {
  readonly before: OwnPreset;
  readonly now: OwnPreset;
  readonly mine: Wanted;
  /** Does it nevertheless, on what is there now. */
  readonly again: (now: OwnPreset) => Promise<void>;
}

const conflicting = signal<Conflicting | null>(null);

/** The tag that an edit has to name. */
export const tagOf = ({ version }: OwnPreset): string => `"${version}"`;

/**
 * Edits a preset. When somebody else was faster, both versions are shown, and nothing is overwritten unasked.
 * @throws Problem for everything else
 */
export async function editPreset(
  own: OwnPreset,
  mine: Wanted,
  edit: (on: OwnPreset) => Promise<void>,
): Promise<void> {
  try {
    await edit(own);
  } catch (error) {
    if (!(error instanceof Problem) || error.details.status !== 412) throw error;
    const now = await get<OwnPreset>(`/api/presets/${own.id}`);
    const again = (on: OwnPreset) => editPreset(on, mine, edit);
    conflicting.value = { before: own, now, mine, again };
  }
}

/** PUT of a preset under the version it was read with. */
export const putPreset = async (on: OwnPreset, body: unknown): Promise<void> => {
  await ask('PUT', `/api/presets/${on.id}`, { body, if_match: tagOf(on) });
};

/** Both versions of a preset that two people changed. */
export function PresetConflict({ onTheirs }: { readonly onTheirs: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const found = conflicting.value;
  if (found === null) return null;
  const { before, now, mine } = found;
  const close = () => {
    setError(null);
    conflicting.value = null;
    onTheirs();
  };
  const keepMine = async () => {
    setBusy(true);
    try {
      await found.again(now);
      if (conflicting.value === found) conflicting.value = null;
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Somebody changed ${before.name} meanwhile`}
      wide
      onClose={close}
      footer={
        <>
          <span class="small dim">
            Changed {momentOf(now.updated_at)}. Nothing of it is lost yet.
          </span>
          <span class="sp" />
          <button type="button" class="btn" disabled={busy} onClick={keepMine}>
            {mine === null ? 'Delete it nevertheless' : 'Keep mine'}
          </button>
          <button
            type="button"
            class="btn primary"
            disabled={busy}
            onClick={() => {
              toast(`“${now.name}” stays as it is saved now.`);
              close();
            }}
          >
            Keep theirs
          </button>
        </>
      }
    >
      <div class="scroll">
        <table class="tbl">
          <thead>
            <tr>
              <th>Part</th>
              <th>When you began</th>
              <th>Saved now</th>
              <th>Yours</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(found).map(([part, ...versions]) => (
              <tr key={part}>
                <td>{part}</td>
                {versions.map((text, at) => (
                  <td key={['before', 'now', 'mine'][at]} class={at === 2 ? 'strong brk' : 'brk'}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ProblemNote error={error} />
    </Dialog>
  );
}

type Row = readonly [part: string, before: string, now: string, mine: string];

/** Parts that are not the same in all versions. */
function rowsOf({ before, now, mine }: Conflicting): readonly Row[] {
  const text = (value: unknown): string =>
    value === undefined || value === ''
      ? '–'
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  const gone = mine === null ? 'deleted' : null;
  const names = new Set([...Object.keys(before.settings), ...Object.keys(now.settings)]);
  const rows: Row[] = [
    ['Name', before.name, now.name, gone ?? text(mine?.name)],
    [
      'What it is for',
      text(before.description),
      text(now.description),
      gone ?? text(mine?.description),
    ],
    ...[...names].map((name): Row => {
      const own = mine?.settings === null ? 'as it is saved' : text(mine?.settings?.[name]);
      return [name, text(before.settings[name]), text(now.settings[name]), gone ?? own];
    }),
  ];
  const isName = (part: string) => part === 'Name';
  return rows.filter(
    ([part, a, b, c]) =>
      isName(part) || a !== b || (mine?.settings !== null && mine !== null && b !== c),
  );
}
