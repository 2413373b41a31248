import type { FunnelStatistics } from '@trafficinator/contract/rest';
import { useEffect, useState } from 'preact/hooks';
import { type FunnelList, funnelOf } from '../../api/funnels.ts';
import { notSaved, useLeavingGuard } from '../../parts/leaving.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Acts } from './acts.tsx';
import { Completion } from './completion.tsx';
import { Conflict } from './conflict.tsx';
import { editing, isChanged, openNew, openSaved, theirs } from './editing.ts';
import { Editor } from './editor.tsx';
import { otherNames } from './judge.ts';

/** The chosen funnel, or how to come to one. */
export function Chosen(props: {
  /** `new`, a funnel's number, or null: there is none. */
  readonly chosen: string | null;
  readonly list: FunnelList;
  readonly statistics: FunnelStatistics | null;
  readonly may: boolean;
  readonly onNew: () => void;
  readonly onChanged: () => void;
}) {
  const { chosen, list, may, onChanged, statistics } = props;
  const failed = useFunnel(chosen, list);
  const now = editing.value;
  const names = list.items.map(({ name }) => name);
  const own = now?.row?.name;
  useEffect(() => {
    otherNames.value = names.filter((name) => name !== own);
  }, [names.join('\n'), own]);
  const isOpen = now !== null && now.key === chosen;
  const name = String(now?.draft.fields.name ?? '');
  useLeavingGuard(
    () => (isOpen && isChanged.value ? notSaved(`changes of “${name}”`) : null),
    (path) => new RegExp(`^/funnels/${now?.key}(?!\\w)`).test(path),
  );
  if (failed !== null) return <ProblemNote error={failed} />;
  if (isOpen) {
    return (
      <>
        <Editor key={now.key} now={now} may={may} onSaved={onChanged} />
        <Completion row={now.row} steps={now.draft.steps} statistics={statistics} />
        {now.row !== null && <Acts row={now.row} names={names} may={may} onChanged={onChanged} />}
        {theirs.value !== null && <Conflict fresh={theirs.value} />}
      </>
    );
  }
  if (chosen === null || chosen === 'new') return <Nothing {...props} />;
  return <p class="dim">Loading…</p>;
}

function Nothing(props: {
  readonly list: FunnelList;
  readonly may: boolean;
  readonly onNew: () => void;
}) {
  return (
    <div class="empty">
      <h3>{props.list.items.length === 0 ? 'No funnels yet' : 'Nothing new was begun'}</h3>
      <p>
        A funnel is an exact sequence of steps that a share of the visits takes: landing page,
        click, product, checkout, order. With one you know which conversion Matomo has to report.
        Visits that no funnel takes browse on their own.
      </p>
      {props.may && (
        <button type="button" class="btn primary" onClick={props.onNew}>
          Begin with a template…
        </button>
      )}
    </div>
  );
}

/** Reads the chosen funnel, and again whenever the list shows another version of it. */
function useFunnel(chosen: string | null, { items }: FunnelList): unknown {
  const [failed, setFailed] = useState<unknown>(null);
  const version = items.find(({ id }) => String(id) === chosen)?.version ?? null;
  useEffect(() => {
    setFailed(null);
    if (chosen === null) return;
    if (chosen === 'new') {
      openNew();
      return;
    }
    const left = new AbortController();
    funnelOf(Number(chosen), left.signal).then(openSaved, (error) => {
      if (!left.signal.aborted) setFailed(error);
    });
    return () => left.abort();
  }, [chosen, version]);
  return failed;
}
