import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { count } from '../../format/numbers.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { eventText } from '../../parts/planned/hit-text.ts';
import { planned } from '../../parts/planned/planned.ts';
import { Section } from '../../parts/section.tsx';

/** So many visits are planned; an event is in one of three or four. */
const visits = 40;
const mostShown = 12;

/** Event hits of visits from the loader's own planner, with the events as they are in the field. */
export function Samples(props: {
  readonly text: string;
  readonly saved: string;
  readonly usable: boolean;
}) {
  const { text, saved, usable } = props;
  const [wanted, setWanted] = useState({ from: 0, text: saved, round: 0 });
  const asked = useAsked(`${wanted.round}`, () =>
    planned({
      visits,
      from: wanted.from,
      ...(wanted.text !== saved && { events: JSON.parse(wanted.text) as unknown }),
    }),
  );
  const isOld = wanted.text !== text;
  const hits = (asked.value ?? []).flatMap((visit) =>
    visit.hits.filter(({ kind }) => kind === 'event').map((hit) => ({ visit, hit })),
  );
  const withOne = new Set(hits.map(({ visit }) => visit.visit)).size;
  return (
    <Section
      title="Sample hits"
      meta="from the planner"
      act={
        <button
          type="button"
          class="btn quiet"
          disabled={!usable}
          onClick={() =>
            setWanted(({ from, round }) => ({
              text,
              from: isOld ? from : from + visits,
              round: round + 1,
            }))
          }
        >
          {isOld ? 'Test changes' : 'Test others'}
        </button>
      }
    >
      <ProblemNote error={asked.error} />
      {asked.value === null && asked.error === null && <p class="dim">Planning…</p>}
      <ol class={`samples ${isOld ? 'before' : ''}`}>
        {hits.slice(0, mostShown).map(({ visit, hit }, at) => (
          <li key={at}>
            <span class="clip strong">{eventText(hit.params)}</span>
            <span class="clip small dim" title={hit.params.url}>
              visit {count(visit.visit)} on {hit.params.url}
            </span>
          </li>
        ))}
      </ol>
      {asked.value !== null && (
        <p class="small dim shares-foot">
          {hits.length} events in {withOne} of {visits} visits. Nothing was sent.
          {hits.length > mostShown && ` The first ${mostShown} are shown.`}
          {isOld && ' They are from before your changes.'}
          {!usable && ' Mend the errors to test the events as they are.'}
        </p>
      )}
    </Section>
  );
}
