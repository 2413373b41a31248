import type { ComponentChildren } from 'preact';
import { Section } from '../../parts/section.tsx';
import { Field } from './field.tsx';
import type { Nest } from './rows.ts';

/** The settings of a group; those that make sense only because of another stand below it, indented. */
export function Group(props: {
  readonly name: string;
  readonly label: string;
  readonly nests: readonly Nest[];
  readonly readOnly: boolean;
  readonly first: boolean;
  readonly act?: ComponentChildren;
  /** Below its settings. */
  readonly after?: ComponentChildren;
}) {
  const { name, label, nests, readOnly } = props;
  return (
    <div id={`s-${name}`} class="group">
      <Section title={label} first={props.first} act={props.act}>
        {nests.map(({ row, below }) => (
          <div key={row.name}>
            <Field row={row} readOnly={readOnly} />
            {below.length > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
              <div class="dep" role="group" aria-label={`Shown because of ${row.label}`}>
                {below.map((each) => (
                  <Field key={each.name} row={each} readOnly={readOnly} />
                ))}
              </div>
            )}
          </div>
        ))}
      </Section>
      {props.after}
    </div>
  );
}
