import { signal } from '@preact/signals';
import { Problem } from '../api/client.ts';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './note.tsx';
import { Scroll } from './scroll.tsx';
import { useAct } from './use-act.ts';

/** A part of a thing in three versions, as texts; `mine` null: left as it was. */
export interface ConflictRow {
  readonly name: string;
  readonly before: string;
  readonly theirs: string;
  readonly mine: string | null;
}

interface Question {
  /** `“Night” was changed meanwhile` */
  readonly title: string;
  readonly rows: readonly ConflictRow[];
  /** What the choice for one's own version does. */
  readonly verb: string;
  readonly busy: string;
  readonly danger?: boolean;
  readonly act: () => Promise<void>;
  /** After the other version was chosen. */
  readonly leave: () => void;
}

const question = signal<Question | null>(null);

/** The answer to an edit of what somebody else changed meanwhile. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Problem && error.details.status === 412;

/** Shows both versions and asks which one counts. */
export function askWhichCounts(asked: Question): void {
  question.value = asked;
}

/** Rows where a version differs from what the edit began with. `mine` null: nothing of it is left. */
export function rowsBetween(
  before: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
  mine: ReadonlyMap<string, string> | null,
): ConflictRow[] {
  const names = new Set([...before.keys(), ...theirs.keys(), ...(mine?.keys() ?? [])]);
  return [...names].flatMap((name) => {
    const of = (version: ReadonlyMap<string, string>) => version.get(name) ?? '–';
    const was = of(before);
    const own = mine === null ? null : of(mine);
    const isMine = own !== null && own !== was;
    if (of(theirs) === was && !isMine) return [];
    return [{ name, before: was, theirs: of(theirs), mine: isMine ? own : null }];
  });
}

export function ConflictDialog() {
  const asked = question.value;
  return asked === null ? null : <Asking key={asked.title} asked={asked} />;
}

function Asking({ asked }: { readonly asked: Question }) {
  const { busy, error, run } = useAct();
  const { rows } = asked;
  const hasMine = rows.some(({ mine }) => mine !== null);
  const leave = () => {
    if (busy) return;
    question.value = null;
    asked.leave();
  };
  const act = async () => {
    await run(async () => {
      await asked.act();
      // Meeting another change meanwhile asks anew.
      if (question.value === asked) question.value = null;
    });
  };
  return (
    <Dialog
      title={asked.title}
      wide
      onClose={leave}
      footer={
        <>
          <span class="small dim">Nothing was overwritten.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={leave} disabled={busy}>
            Keep theirs
          </button>
          <button
            type="button"
            class={`btn ${asked.danger ? 'danger' : 'primary'}`}
            onClick={() => void act()}
            disabled={busy}
          >
            {busy ? asked.busy : asked.verb}
          </button>
        </>
      }
    >
      <Scroll label="Both versions">
        <table class="tbl versions">
          <thead>
            <tr>
              <th>What</th>
              <th class="num">When you began</th>
              <th class="num">Saved now</th>
              {hasMine && <th class="num">Yours</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const both = row.mine !== null && row.theirs !== row.before;
              return (
                <tr key={row.name} class={both ? 'sel' : ''}>
                  <td>
                    {row.name} {both && <span class="tag warn">both</span>}
                  </td>
                  <td class="num break">{row.before}</td>
                  <td class="num break">{row.theirs}</td>
                  {hasMine && (
                    <td class={`num break ${row.mine === null ? 'dim' : 'strong'}`}>
                      {row.mine ?? 'not changed'}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <ProblemNote error={error} />
    </Dialog>
  );
}
