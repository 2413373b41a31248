import { readEvents } from '@trafficinator/contract';
import { useMemo } from 'preact/hooks';
import { session } from '../../api/session.ts';
import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { Conflict } from '../../parts/file-draft/conflict.tsx';
import { FileActs } from '../../parts/file-draft/file-acts.tsx';
import { builtInTag } from '../../parts/file-draft/file-draft.ts';
import { FileTags } from '../../parts/file-draft/file-tags.tsx';
import { useFile } from '../../parts/file-draft/use-file.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { jsonProblems } from '../../parts/text-editor/json-problems.ts';
import { isError } from '../../parts/text-editor/problem.ts';
import { Distribution } from './distribution.tsx';
import { EventsAsText } from './events-as-text.tsx';
import { builtIn, events } from './events-draft.ts';
import { EventsForm } from './events-form.tsx';
import { Lists } from './lists.tsx';
import { EventSamples } from './samples.tsx';
import { shownLists } from './shown-lists.ts';

/** What visitors do besides viewing pages: two lists of events, as a form or as the text of the file. */
export default function Events() {
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const failed = useFile(events, may);
  const saved = events.saved.value;
  const text = events.text.value;
  const found = useMemo(() => readEvents(text, events.kind.file).problems, [text]);
  const problems = useMemo(() => jsonProblems(text, found), [text, found]);
  const lists = useMemo(() => shownLists(text), [text, builtIn.value]);
  if (saved === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  const { query } = place.value;
  const chosen = lists?.find(({ name }) => name === query.get('list')) ?? lists?.[0] ?? null;
  const asText = query.get('as') === 'text' || chosen === null;
  const errors = problems.filter(isError).length;
  return (
    <>
      <ProblemNote error={failed} />
      <div class="tri material">
        {lists === null || chosen === null ? (
          <Section first title="Lists">
            <p class="small mid">The text has to be mended before its lists can be shown.</p>
          </Section>
        ) : (
          <Lists lists={lists} chosen={chosen} />
        )}
        <Section
          first
          title="Events"
          meta={<code>EVENTS_FILE</code>}
          act={
            <FileTags
              draft={events}
              errors={errors}
              warnings={problems.length - errors}
              read={true}
            />
          }
        >
          {saved.etag === builtInTag && !events.dirty.value && <Begin may={may} />}
          <FileActs
            draft={events}
            may={may}
            accept=".json,application/json"
            hindrance={errors === 0 ? null : hindranceOf(errors)}
          />
          <div class="row event-mode">
            <Segmented
              label="Edit as"
              options={[
                ['form', 'Form'],
                ['text', 'Text'],
              ]}
              value={asText ? 'text' : 'form'}
              onChange={(mode) => setQuery({ as: mode === 'text' ? 'text' : null })}
            />
          </div>
          {chosen === null && (
            <Note kind="info">
              The form needs lists of events. Mend the text, or undo what was changed.
            </Note>
          )}
          {asText || chosen === null ? (
            <EventsAsText text={text} problems={problems} may={may} />
          ) : (
            <EventsForm list={chosen} text={text} found={found} may={may} />
          )}
        </Section>
        <div>
          {chosen !== null && <Distribution list={chosen} />}
          <EventSamples text={text} saved={saved.text} usable={errors === 0} />
        </div>
      </div>
      <Conflict draft={events} />
    </>
  );
}

/** What events are for and how to begin, as long as there are none of one's own. */
function Begin({ may }: { readonly may: boolean }) {
  return (
    <div class="empty">
      <h3>No events of your own</h3>
      <p>
        Visitors click, scroll and report with built-in events, shown below. Matomo counts them
        under Behaviour, Events.{' '}
        {may &&
          'Change or add one and the list becomes your own; the other list stays built in. A weight of 2 occurs twice as often as 1.'}
      </p>
    </div>
  );
}

const hindranceOf = (errors: number): string =>
  `${count(errors)} ${errors === 1 ? 'mistake has' : 'mistakes have'} to be mended before the events can be saved.`;
