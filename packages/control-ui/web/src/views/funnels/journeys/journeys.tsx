import { useEffect, useState } from 'preact/hooks';
import { useAsked } from '../../../api/asked.ts';
import { Problem } from '../../../api/client.ts';
import { journeyStatistics, journeysDocument, saveJourneys } from '../../../api/journeys.ts';
import { momentOf } from '../../../format/times.ts';
import { Glyph } from '../../../parts/glyph.tsx';
import { notSaved, useLeavingGuard } from '../../../parts/leaving.ts';
import { ProblemNote } from '../../../parts/note.tsx';
import { Section } from '../../../parts/section.tsx';
import { jsonProblems } from '../../../parts/text-editor/json-problems.ts';
import { TextEditor } from '../../../parts/text-editor/text-editor.tsx';
import { toast } from '../../../parts/toast.tsx';
import type { SavedSettings } from '../saved-settings.ts';
import { Conflict } from './conflict.tsx';
import { FileActs } from './file-acts.tsx';
import { Shares } from './shares.tsx';
import {
  begin,
  change,
  type Editing,
  editing,
  file,
  isChanged,
  problems,
  savedText,
  settle,
  theirs,
} from './text.ts';

/** Journeys: the personas' shares, and a file of one's own. */
export function Journeys(props: {
  readonly may: boolean;
  /** null: not known yet. */
  readonly settings: SavedSettings | null;
  readonly left: number;
  /** The statistics are read again when it changes. */
  readonly round: string;
  readonly onSaved: () => void;
}) {
  const [failed, setFailed] = useState<unknown>(null);
  const ran = useAsked(props.round, journeyStatistics);
  useEffect(() => {
    let gone = false;
    const look = () =>
      journeysDocument().then(
        (fresh) => {
          if (!gone) settle(fresh);
        },
        (error) => {
          if (!gone) setFailed(error);
        },
      );
    const seen = () => {
      if (document.visibilityState === 'visible') void look();
    };
    void look();
    document.addEventListener('visibilitychange', seen);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  useLeavingGuard(
    () => (isChanged.value ? notSaved('changes of the journeys') : null),
    (path) => path.startsWith('/funnels/journeys'),
  );
  const now = editing.value;
  if (now === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  return (
    <>
      {props.settings !== null && (
        <Shares
          settings={props.settings}
          file={file.value}
          statistics={ran.value}
          left={props.left}
          may={props.may}
          onSaved={props.onSaved}
        />
      )}
      <ProblemNote error={ran.error} />
      <JourneysFileEditor now={now} may={props.may} />
      {theirs.value !== null && <Conflict fresh={theirs.value} />}
    </>
  );
}

function JourneysFileEditor({ now, may }: { readonly now: Editing; readonly may: boolean }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { saved, text } = now;
  const wrong = problems.value;
  const store = async () => {
    setBusy(true);
    setError(null);
    try {
      const made = await saveJourneys(text, saved.version);
      begin(made, savedText(made));
      toast('The journeys are saved. Loaders take them with their next start.');
    } catch (thrown) {
      const isEdited = thrown instanceof Problem && thrown.details.code === 'edited_meanwhile';
      if (isEdited) theirs.value = await journeysDocument();
      else setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const isEmpty = text.trim() === '';
  return (
    <Section
      title="Journeys of your own"
      meta={
        <>
          {isEmpty ? (
            'none: the built-in ones apply'
          ) : wrong.length === 0 ? (
            <span class="tag ok">
              <Glyph name="finished" /> valid
            </span>
          ) : (
            <span class="tag bad">
              {wrong.length} {wrong.length === 1 ? 'mistake' : 'mistakes'}
            </span>
          )}{' '}
          {isChanged.value ? (
            <span class="tag changed">not saved</span>
          ) : (
            saved.updated_at !== null && `saved ${momentOf(saved.updated_at)}`
          )}
        </>
      }
      act={
        may && (
          <>
            {isChanged.value && (
              <button
                type="button"
                class="btn quiet"
                onClick={() => begin(saved, savedText(saved))}
              >
                Discard
              </button>
            )}
            <button
              type="button"
              class="btn primary"
              disabled={busy || !isChanged.value || isEmpty || wrong.length > 0}
              onClick={() => void store()}
            >
              {busy ? 'Saving…' : 'Save'}
            </button>
          </>
        )
      }
    >
      {isEmpty && (
        <p class="mid journeys-about">
          A journey is one kind of visitor’s way through the site: where they enter, how many leave
          at once, who searches, fills a cart and orders. Three personas are built in; a file
          changes them or adds others.
        </p>
      )}
      <TextEditor
        label="Journeys as JSON"
        language="json"
        value={text}
        onInput={change}
        problems={jsonProblems(text, wrong)}
        readOnly={!may}
      />
      <ProblemNote error={error} />
      <FileActs now={now} may={may} />
    </Section>
  );
}
