import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { ProblemNote } from '../note.tsx';
import { Section } from '../section.tsx';
import { type PlannedVisit, planned } from './planned.ts';

/** Visits from the loader's own planner, with a file as it is in the field; nothing is sent. */
export function Samples(props: {
  readonly title: string;
  /** How many visits are planned at once. */
  readonly visits: number;
  readonly text: string;
  readonly saved: string;
  /** The text can be planned with. */
  readonly usable: boolean;
  /** What the planner is asked with for a text that is not saved. */
  readonly withText: (text: string) => Readonly<Record<string, unknown>>;
  readonly words: {
    /** On the button: for a text that was changed since, and for others of the same. */
    readonly changed: string;
    readonly others: string;
    readonly isOld: string;
    readonly mend: string;
  };
  readonly show: (visits: readonly PlannedVisit[], isOld: boolean) => ComponentChildren;
  readonly sum: (visits: readonly PlannedVisit[]) => string;
}) {
  const { text, saved, usable, visits, words } = props;
  const [wanted, setWanted] = useState({ from: 0, text: saved, round: 0 });
  const asked = useAsked(`${wanted.round}`, () =>
    planned({
      visits,
      from: wanted.from,
      ...(wanted.text !== saved && props.withText(wanted.text)),
    }),
  );
  const isOld = wanted.text !== text;
  return (
    <Section
      title={props.title}
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
          {isOld ? words.changed : words.others}
        </button>
      }
    >
      <ProblemNote error={asked.error} />
      {asked.value === null && asked.error === null && <p class="dim">Planning…</p>}
      {asked.value !== null && (
        <>
          {props.show(asked.value, isOld)}
          <p class="small dim shares-foot">
            {props.sum(asked.value)}
            {isOld && ` ${words.isOld}`}
            {!usable && ` ${words.mend}`}
          </p>
        </>
      )}
    </Section>
  );
}
