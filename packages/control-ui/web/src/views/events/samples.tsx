import { count } from '../../format/numbers.ts';
import { eventText } from '../../parts/planned/hit-text.ts';
import type { PlannedVisit } from '../../parts/planned/planned.ts';
import { Samples } from '../../parts/planned/samples.tsx';

/** So many visits are planned; an event is in one of three or four. */
const visits = 40;
const mostShown = 12;
const words = {
  changed: 'Test changes',
  others: 'Test others',
  isOld: 'They are from before your changes.',
  mend: 'Mend the errors to test the events as they are.',
};

/** Event hits of planned visits, with the events as they are in the field. */
export function EventSamples(props: {
  readonly text: string;
  readonly saved: string;
  readonly usable: boolean;
}) {
  return (
    <Samples
      {...props}
      title="Sample hits"
      visits={visits}
      words={words}
      withText={(text) => ({ events: JSON.parse(text) as unknown })}
      show={(found, isOld) => (
        <ol class={`samples ${isOld ? 'before' : ''}`}>
          {eventsOf(found)
            .slice(0, mostShown)
            .map(({ visit, hit }, at) => (
              <li key={at}>
                <span class="clip strong">{eventText(hit.params)}</span>
                <span class="clip small dim" title={hit.params.url}>
                  visit {count(visit)} on {hit.params.url}
                </span>
              </li>
            ))}
        </ol>
      )}
      sum={(found) => {
        const hits = eventsOf(found);
        const withOne = new Set(hits.map(({ visit }) => visit)).size;
        const shown = hits.length > mostShown ? ` The first ${mostShown} are shown.` : '';
        return `${hits.length} events in ${withOne} of ${visits} visits. Nothing was sent.${shown}`;
      }}
    />
  );
}

const eventsOf = (found: readonly PlannedVisit[]) =>
  found.flatMap(({ visit, hits }) =>
    hits.filter(({ kind }) => kind === 'event').map((hit) => ({ visit, hit })),
  );
