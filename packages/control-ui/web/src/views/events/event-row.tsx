import { useState } from 'preact/hooks';
import { share } from '../../format/numbers.ts';
import { type EventField, type EventRow, fields, numberOf, weightOf } from './events-text.ts';

const labels: Readonly<Record<EventField, string>> = {
  category: 'Category',
  action: 'Action',
  name: 'Name',
  value: 'Value',
  weight: 'Weight',
};
const isNumber = (field: EventField): boolean => field === 'value' || field === 'weight';

/** One event of the form; what is wrong with it stands below. */
export function EventRowForm(props: {
  readonly row: EventRow;
  readonly position: number;
  readonly total_weight: number;
  readonly mistakes: readonly { readonly field: string; readonly text: string }[];
  readonly readOnly: boolean;
  readonly onChange: (field: EventField, value: unknown) => void;
  readonly onRemove: () => void;
}) {
  const { row, position, mistakes, readOnly } = props;
  const told = `event-${position}-told`;
  return (
    <li class={mistakes.length > 0 ? 'event error' : 'event'}>
      {fields.map((field) => (
        <div key={field} class={`lbl of-${field}`}>
          <span aria-hidden="true">{labels[field]}</span>
          <Input
            id={inputId(position, field)}
            label={`${labels[field]} of event ${position + 1}`}
            field={field}
            value={row[field]}
            invalid={mistakes.some((each) => each.field === field)}
            told={told}
            readOnly={readOnly}
            onChange={(value) => props.onChange(field, value)}
          />
        </div>
      ))}
      <span class="num of-share">{share(weightOf(row), props.total_weight)}</span>
      {!readOnly && (
        <button
          type="button"
          class="btn quiet of-remove"
          aria-label={`Remove event ${position + 1}`}
          onClick={props.onRemove}
        >
          Remove
        </button>
      )}
      {mistakes.length > 0 && (
        <p class="small o-failed of-told" id={told}>
          {mistakes.map(({ text }) => text).join(' ')}
        </p>
      )}
    </li>
  );
}

/** Of an input of the form, so that a mistake can lead there. */
export const inputId = (position: number, field: string): string => `event-${position}-${field}`;

function Input(props: {
  readonly id: string;
  readonly label: string;
  readonly field: EventField;
  readonly value: unknown;
  readonly invalid: boolean;
  readonly told: string;
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const { field, value } = props;
  const number = isNumber(field);
  // `1.` is 1, but whoever types it is not done.
  const [typed, setTyped] = useState<string | null>(null);
  const isTyped = typed !== null && number && numberOf(typed) === value;
  const text = isTyped ? typed : value === undefined || value === null ? '' : String(value);
  return (
    <input
      id={props.id}
      class={number ? 'in n' : 'in'}
      aria-label={props.label}
      aria-invalid={props.invalid}
      aria-describedby={props.invalid ? props.told : undefined}
      inputMode={number ? 'decimal' : undefined}
      placeholder={field === 'weight' ? '1' : field === 'name' || number ? 'none' : ''}
      autocomplete="off"
      readOnly={props.readOnly}
      value={text}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const empty =
          field === 'name' && currentTarget.value === '' ? undefined : currentTarget.value;
        props.onChange(number ? numberOf(currentTarget.value) : empty);
      }}
    />
  );
}
