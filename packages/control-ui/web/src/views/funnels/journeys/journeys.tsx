import type { JourneyStatistics } from '@trafficinator/contract/rest';
import { useMemo } from 'preact/hooks';
import { useAsked } from '../../../api/asked.ts';
import { get } from '../../../api/client.ts';
import { count } from '../../../format/numbers.ts';
import { Conflict } from '../../../parts/file-draft/conflict.tsx';
import { FileActs } from '../../../parts/file-draft/file-acts.tsx';
import { FileTags } from '../../../parts/file-draft/file-tags.tsx';
import { useFile } from '../../../parts/file-draft/use-file.ts';
import { ProblemNote } from '../../../parts/note.tsx';
import { Section } from '../../../parts/section.tsx';
import { jsonProblems } from '../../../parts/text-editor/json-problems.ts';
import { isError } from '../../../parts/text-editor/problem.ts';
import { TextEditor } from '../../../parts/text-editor/text-editor.tsx';
import type { SavedSettings } from '../saved-settings.ts';
import { exampleText } from './example.ts';
import { isEmpty, journeys, readText } from './journeys-draft.ts';
import { Shares } from './shares.tsx';

const statistics = (signal: AbortSignal): Promise<JourneyStatistics> =>
  get<JourneyStatistics>('/api/journeys/statistics', signal);

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
  const { may } = props;
  const failed = useFile(journeys, may);
  const ran = useAsked(props.round, statistics);
  if (journeys.saved.value === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  return (
    <>
      <ProblemNote error={failed} />
      {props.settings !== null && (
        <Shares
          settings={props.settings}
          file={readText.value.file}
          statistics={ran.value}
          left={props.left}
          may={may}
          onSaved={props.onSaved}
        />
      )}
      <ProblemNote error={ran.error} />
      <JourneysFileEditor may={may} />
      <Conflict draft={journeys} />
    </>
  );
}

function JourneysFileEditor({ may }: { readonly may: boolean }) {
  const text = journeys.text.value;
  const found = readText.value.problems;
  const problems = useMemo(() => jsonProblems(text, found), [text, found]);
  const errors = problems.filter(isError).length;
  return (
    <Section
      title="Journeys of your own"
      meta={<code>JOURNEYS_FILE</code>}
      act={
        isEmpty.value && !journeys.dirty.value ? (
          <span class="small dim">none: the built-in ones apply</span>
        ) : (
          <FileTags
            draft={journeys}
            errors={errors}
            warnings={problems.length - errors}
            read={true}
          />
        )
      }
    >
      {isEmpty.value && (
        <p class="mid journeys-about">
          A journey is one kind of visitor’s way through the site: where they enter, how many leave
          at once, who searches, fills a cart and orders. Three personas are built in; a file
          changes them or adds others.{' '}
          {may && (
            <button type="button" class="link" onClick={() => journeys.change(exampleText)}>
              Begin with an example
            </button>
          )}
        </p>
      )}
      <FileActs
        draft={journeys}
        may={may}
        accept=".json,application/json"
        hindrance={hindranceOf(errors)}
      />
      <TextEditor
        label="Journeys as JSON"
        language="json"
        value={text}
        onInput={(typed) => journeys.type(typed)}
        onUndo={() => journeys.undo()}
        problems={problems}
        readOnly={!may}
      />
    </Section>
  );
}

function hindranceOf(errors: number): string | null {
  if (isEmpty.value) return 'There is nothing to save. Reset removes the journeys that are saved.';
  if (errors === 0) return null;
  return `${count(errors)} ${errors === 1 ? 'mistake has' : 'mistakes have'} to be mended before the journeys can be saved.`;
}
