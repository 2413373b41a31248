import { useState } from 'preact/hooks';
import { Problem } from '../../api/client.ts';
import { go } from '../../app/router.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { toast } from '../../parts/toast.tsx';
import { canUndo, detach, discard, type Editing, isChanged, save, undo } from './editing.ts';
import { Head } from './head.tsx';
import { mistakeCount, warnings } from './judge.ts';
import { nextMistake } from './jump.ts';
import { useFunnelKeys } from './keys.ts';
import { MistakeList } from './mistake-list.tsx';
import { Steps } from './steps/steps.tsx';

/** The funnel under the editor's hands. */
export function Editor(props: {
  readonly now: Editing;
  readonly may: boolean;
  readonly onSaved: () => void;
}) {
  const { now, may } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const changed = isChanged.value;
  const wrong = mistakeCount.value;
  const store = async () => {
    if (busy || !may || !changed || wrong > 0) return;
    setBusy(true);
    setError(null);
    try {
      const made = await save();
      if (made === null) return;
      if (now.row === null) go(`/funnels/${made.id}${location.search}`, 'replace');
      toast(`“${made.name}” is saved. Loaders take it with their next start.`);
      props.onSaved();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  useFunnelKeys(() => void store());
  const name = now.draft.fields.name;
  const drop = () => {
    discard();
    setError(null);
    if (now.row === null) go('/funnels', 'replace');
  };
  const saving = (
    <button
      type="button"
      class="btn primary"
      disabled={busy || !changed || wrong > 0}
      onClick={() => void store()}
    >
      {busy ? 'Saving…' : 'Save'}
    </button>
  );
  return (
    <Section
      first
      title={typeof name === 'string' && name.trim() !== '' ? name : 'A funnel without a name'}
      meta={
        <>
          {wrong === 0 ? (
            <span class="tag ok">
              <Glyph name="finished" /> valid
            </span>
          ) : (
            <span class="tag bad">
              {wrong} {wrong === 1 ? 'mistake' : 'mistakes'}
            </span>
          )}{' '}
          {changed && (
            <span class="tag changed">
              {now.row === null ? 'new, not saved' : 'changes not saved'}
            </span>
          )}
        </>
      }
      act={
        may && (
          <>
            {canUndo.value && (
              <button type="button" class="btn quiet" onClick={undo}>
                Undo
              </button>
            )}
            {changed && (
              <button type="button" class="btn quiet" onClick={drop} disabled={busy}>
                Discard
              </button>
            )}
            <span class={changed ? 'hide-s' : ''}>{saving}</span>
          </>
        )
      }
    >
      <MistakeList />
      <Refused error={error} onAgain={() => setError(null)} />
      <Head draft={now.draft} readOnly={!may} />
      <Steps steps={now.draft.steps} readOnly={!may} />
      {warnings.value.map(({ message, remedy }) => (
        <Note key={message} kind="warn">
          {message} {remedy}
        </Note>
      ))}
      {may && changed && (
        <div class="actionbar">
          <span class="small mid">
            {wrong === 0 ? 'Not saved.' : `${wrong} ${wrong === 1 ? 'mistake' : 'mistakes'}.`}
          </span>
          <span class="sp" />
          {wrong > 0 && (
            <button type="button" class="btn" onClick={nextMistake}>
              Show
            </button>
          )}
          {saving}
        </div>
      )}
    </Section>
  );
}

/** What the service did not take; a funnel that was deleted meanwhile can be saved as a new one. */
function Refused({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const isGone = error instanceof Problem && error.details.status === 404;
  if (!isGone) return <ProblemNote error={error} />;
  const again = () => {
    detach();
    onAgain();
    go('/funnels/new', 'replace');
  };
  return (
    <Note
      kind="bad"
      act={
        <button type="button" class="btn" onClick={again}>
          Make it a new one
        </button>
      }
    >
      Somebody deleted this funnel meanwhile. What you see is only here.
    </Note>
  );
}
