import { percent } from '../../../format/percent.ts';
import type { Step } from '../draft.ts';
import { changeStep, replaceStep } from '../editing.ts';
import { mistakesAt } from '../judge.ts';
import { ValueField } from '../value-field.tsx';
import { stepFields } from './fields.ts';
import { asKind, formFields, kindNames, kindOf, kinds, type StepKind } from './kinds.ts';

/** All fields of the step that is open. */
export function StepBody(props: {
  readonly step: Step;
  readonly at: number;
  readonly readOnly: boolean;
}) {
  const { step, at, readOnly } = props;
  const { fields, key } = step;
  const kind = kindOf(fields);
  const wrongKind = mistakesAt(`steps.${at}.type`);
  const shown = formFields(fields);
  // What a file holds besides is shown as well, so that its mistake has a place.
  const others = Object.keys(fields).filter((name) => name !== 'type' && !shown.includes(name));
  return (
    <div class="body">
      <div class="lbl wide" data-field="type">
        <label for={`type-${key}`}>What happens</label>
        <span class="name">type</span>
        <select
          id={`type-${key}`}
          class="in"
          disabled={readOnly}
          value={kind ?? ''}
          aria-invalid={wrongKind.length > 0}
          aria-describedby={`type-${key}-h`}
          onChange={({ currentTarget }) =>
            replaceStep(key, asKind(fields, currentTarget.value as StepKind))
          }
        >
          {kind === null && <option value="">{String(fields.type ?? '')}</option>}
          {kindNames.map((name) => (
            <option key={name} value={name}>
              {kinds[name].word}
            </option>
          ))}
        </select>
        <span class={wrongKind.length > 0 ? 'hint o-failed' : 'hint'} id={`type-${key}-h`}>
          {wrongKind.length > 0
            ? wrongKind.map((each) => `The type ${each}. `)
            : kind !== null && kinds[kind].about}
        </span>
      </div>
      {[...shown, ...others].map((name) => {
        const { label, kind: type, unit, empty } = stepFields[name] ?? unknownField(name);
        const value = fields[name];
        return (
          <ValueField
            key={name}
            name={name}
            label={label}
            value={value}
            numeric={type !== 'text'}
            unit={type === 'share' ? 'share' : unit}
            placeholder={empty}
            hint={type === 'share' && typeof value === 'number' ? `= ${percent(value)}` : undefined}
            mistakes={mistakesAt(`steps.${at}.${name}`)}
            readOnly={readOnly}
            onChange={(next) => changeStep(key, name, next)}
          />
        );
      })}
    </div>
  );
}

const unknownField = (name: string) =>
  ({ label: name, kind: 'text', unit: undefined, empty: undefined }) as const;
