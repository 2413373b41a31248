import type { FunnelRow } from '../../api/funnels.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { differingPaths, meanings, mergesBySteps, writtenOf } from './draft.ts';
import { discard, editing, settle, theirs } from './editing.ts';
import { placeText } from './mistake-list.tsx';

/** Somebody saved this funnel while it was edited here: both versions side by side. */
export function Conflict({ fresh }: { readonly fresh: FunnelRow }) {
  const now = editing.value;
  if (now === null || now.row === null) return null;
  const mine = writtenOf(now.draft);
  const before = now.row.funnel;
  const byMe = differingPaths(before, mine);
  const byThem = differingPaths(before, fresh.funnel);
  const paths = [...new Set([...byThem, ...byMe])].toSorted(inOrder);
  const isStep = (path: string) => path.startsWith('steps.');
  // With another number of steps they count as one: all are mine then, or none.
  const asOne = !mergesBySteps(before, fresh.funnel, mine) && byMe.some(isStep);
  const isMine = (path: string) => byMe.includes(path) || (asOne && isStep(path));
  const both = paths.filter((path) => isMine(path) && byThem.includes(path));
  const [base, saved, yours] = [before, fresh.funnel, mine].map(meanings);
  const later = () => {
    theirs.value = null;
  };
  const takeTheirs = () => {
    discard();
    settle(fresh);
  };
  return (
    <Dialog
      title="Somebody saved this funnel meanwhile"
      wide
      onClose={later}
      footer={
        <>
          <span class="small dim">Nothing is saved yet.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={takeTheirs}>
            Take theirs
          </button>
          <button type="button" class="btn primary" onClick={() => settle(fresh)}>
            {both.length > 0 ? 'Keep mine' : 'Go on with mine on top'}
          </button>
        </>
      }
    >
      <p class="mid">
        {both.length > 0
          ? `Where both changed the same, yours replaces theirs once you save.${asOne ? ' The number of steps differs, so they count as one.' : ''}`
          : 'You changed other fields: both changes stay.'}
      </p>
      <Scroll label="Both versions">
        <table class="tbl versions">
          <thead>
            <tr>
              <th>Field</th>
              <th>When you began</th>
              <th>Saved now</th>
              <th>Yours</th>
            </tr>
          </thead>
          <tbody>
            {paths.map((path) => (
              <tr key={path} class={both.includes(path) ? 'sel' : ''}>
                <td>
                  {placeText(path)} {both.includes(path) && <span class="tag warn">both</span>}
                </td>
                <td>{base?.get(path) ?? <span class="dim">none</span>}</td>
                <td>{saved?.get(path) ?? <span class="dim">none</span>}</td>
                <td>
                  {isMine(path) ? (
                    <b class="strong">{yours?.get(path) ?? 'none'}</b>
                  ) : (
                    <span class="dim">not changed</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Dialog>
  );
}

/** The funnel's own fields first, then the steps one by one. */
function inOrder(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => {
    const [first, at] = path.split('.');
    return first === 'steps' && at !== undefined ? Number(at) : -1;
  });
  return (one ?? 0) - (other ?? 0);
}
