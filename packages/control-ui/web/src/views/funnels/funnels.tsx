import { useEffect, useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { allFunnels, funnelOf, funnelsFile, statistics } from '../../api/funnels.ts';
import { runs_changed, status } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { tenSeconds } from '../../app/clock.ts';
import { place } from '../../app/router.ts';
import { saveAs } from '../../format/save-as.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Acts } from './acts.tsx';
import { Completion } from './completion.tsx';
import { Conflict } from './conflict.tsx';
import { editing, isChanged, openNew, openSaved, theirs, written } from './editing.ts';
import { Editor } from './editor.tsx';
import { Import } from './import.tsx';
import { mistakeCount, otherNames } from './judge.ts';
import { hasDraft } from './kept-draft.ts';
import { useLeavingGuard } from './leaving.ts';
import { List } from './list.tsx';
import { NewDialog } from './new-dialog.tsx';
import { Visits } from './visits.tsx';

/** Exact sequences of steps that a share of the visits takes, and journeys. */
export default function Funnels() {
  const { value: list, error, again } = useAsked('funnels', allFunnels);
  const [choosing, setChoosing] = useState(false);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const active = status.value?.state === 'running';
  const ran = useAsked(`${runs_changed.value} ${tenSeconds(active)}`, statistics);
  const [asked] = place.value.rest;
  const chosen = asked ?? (list?.items[0] === undefined ? null : String(list.items[0].id));
  const failed = useChosen(chosen, list);
  const now = editing.value;
  const names = list?.items.map(({ name }) => name) ?? [];
  useEffect(() => {
    otherNames.value = names.filter((name) => name !== now?.row?.name);
  }, [names.join('\n'), now?.row?.name]);
  const unsaved =
    now !== null && isChanged.value ? `changes of “${now.draft.fields.name ?? ''}”` : null;
  useLeavingGuard(unsaved, (path) => new RegExp(`^/funnels/${now?.key}(?!\\w)`).test(path));
  useVisible(again);
  if (list === null) {
    return error === null ? <p class="dim">Loading…</p> : <ProblemNote error={error} />;
  }
  const isOpen = now !== null && now.key === chosen;
  return (
    <div class="tri">
      <div>
        <Section
          first
          title="Funnels"
          act={
            may && (
              <button type="button" class="btn quiet" onClick={() => setChoosing(true)}>
                New…
              </button>
            )
          }
        >
          <ProblemNote error={error} />
          {chosen !== 'new' && hasDraft('new') && (
            <p class="small">
              <a href="/funnels/new">A new funnel</a> waits to be saved.
            </p>
          )}
          {list.items.length > 0 && (
            <List list={list} statistics={ran.value} chosen={chosen} may={may} onChanged={again} />
          )}
          <p class="row small list-acts">
            {may && <Import names={names} onDone={again} />}
            {list.items.length > 0 && (
              <button type="button" class="link" onClick={() => void exportAll()}>
                Export all
              </button>
            )}
          </p>
        </Section>
      </div>
      <div>
        {failed !== null && <ProblemNote error={failed} />}
        {isOpen && (
          <>
            <Editor now={now} may={may} onSaved={again} />
            <Completion row={now.row} steps={now.draft.steps} statistics={ran.value} />
            {now.row !== null && <Acts row={now.row} names={names} may={may} onChanged={again} />}
          </>
        )}
        {!isOpen && failed === null && (chosen === null || chosen === 'new') && (
          <Nothing may={may} begin={() => setChoosing(true)} />
        )}
      </div>
      <div>
        {isOpen && (
          <Visits
            asked={mistakeCount.value > 0 ? null : { funnel: written.value }}
            steps={now.draft.steps.length}
            whenWrong="Mend the mistakes to see what visits would do."
          />
        )}
      </div>
      {choosing && <NewDialog onClose={() => setChoosing(false)} />}
      {theirs.value !== null && isOpen && <Conflict fresh={theirs.value} />}
    </div>
  );
}

function Nothing({ may, begin }: { readonly may: boolean; readonly begin: () => void }) {
  return (
    <div class="empty">
      <h3>No funnels yet</h3>
      <p>
        A funnel is an exact sequence of steps that a share of the visits takes: landing page,
        click, product, checkout, order. With one you know which conversion Matomo has to report.
        Visits that no funnel takes browse on their own.
      </p>
      {may && (
        <button type="button" class="btn primary" onClick={begin}>
          Begin with a template…
        </button>
      )}
    </div>
  );
}

/** Reads the chosen funnel, and again whenever the list shows another version of it. */
function useChosen(
  chosen: string | null,
  list: { readonly items: readonly { readonly id: number; readonly version: number }[] } | null,
): unknown {
  const [failed, setFailed] = useState<unknown>(null);
  const version = list?.items.find(({ id }) => String(id) === chosen)?.version ?? null;
  useEffect(() => {
    setFailed(null);
    if (chosen === null || list === null) return;
    if (chosen === 'new') {
      openNew();
      return;
    }
    const left = new AbortController();
    funnelOf(Number(chosen), left.signal).then(openSaved, (error) => {
      if (!left.signal.aborted) setFailed(error);
    });
    return () => left.abort();
  }, [chosen, version, list === null]);
  return failed;
}

/** Somebody may have changed funnels while the window was not looked at. */
function useVisible(again: () => void): void {
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') again();
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
}

async function exportAll(): Promise<void> {
  saveAs('funnels.json', `${JSON.stringify(await funnelsFile(), null, 2)}\n`);
}
