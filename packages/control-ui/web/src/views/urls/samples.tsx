import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { status } from '../../api/live.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { planned } from '../../parts/planned/planned.ts';
import { Visit } from '../../parts/planned/planned-visit.tsx';
import { Section } from '../../parts/section.tsx';

const visits = 3;

/** Three visits from the loader's own planner, with the list as it is in the field. */
export function Samples(props: {
  readonly text: string;
  readonly saved: string;
  /** The list can be planned with. */
  readonly usable: boolean;
}) {
  const { text, saved, usable } = props;
  const [wanted, setWanted] = useState({ from: 0, text: saved, round: 0 });
  const asked = useAsked(`${wanted.round}`, () =>
    planned({ visits, from: wanted.from, ...(wanted.text !== saved && { urls: wanted.text }) }),
  );
  const currency = String(status.value?.settings.ecommerce_currency ?? '');
  const isOld = wanted.text !== text;
  const hits = asked.value?.reduce((sum, each) => sum + each.hits.length, 0) ?? 0;
  return (
    <Section
      title="Sample visits"
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
          {isOld ? 'Plan changes' : 'Three others'}
        </button>
      }
    >
      <ProblemNote error={asked.error} />
      {asked.value === null && asked.error === null && <p class="dim">Planning…</p>}
      <div class={isOld ? 'before' : ''}>
        {asked.value?.map((visit) => (
          <Visit key={visit.visit} visit={visit} currency={currency} />
        ))}
      </div>
      {asked.value !== null && (
        <p class="small dim shares-foot">
          {hits} hits. Nothing was sent.
          {isOld && ' They are of the list before your changes.'}
          {!usable && ' Mend the errors to plan with the list as it is.'}
        </p>
      )}
    </Section>
  );
}
