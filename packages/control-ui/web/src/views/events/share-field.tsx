import { useState } from 'preact/hooks';
import { numberOf } from './events-text.ts';

/** In what share of visits an event of a list occurs: the file's, else the settings'. */
export function ShareField(props: {
  readonly name: string;
  readonly value: unknown;
  /** The setting in force, and whether it is at its default. */
  readonly setting: number;
  readonly is_default: boolean;
  readonly mistake: string | null;
  readonly readOnly: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const { value, setting, name } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const isTyped = typed !== null && numberOf(typed) === value;
  const id = `share-${name}`;
  return (
    <div class="share-field">
      <label class="lbl" for={id}>
        Share of visits, 0 to 1
      </label>
      <input
        class="in n"
        id={id}
        inputMode="decimal"
        autocomplete="off"
        placeholder={String(setting)}
        readOnly={props.readOnly}
        value={isTyped ? typed : value === undefined || value === null ? '' : String(value)}
        aria-invalid={props.mistake !== null}
        aria-describedby={`${id}-h`}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          props.onChange(numberOf(currentTarget.value));
        }}
      />
      <p class="small dim" id={`${id}-h`}>
        {props.mistake !== null && <span class="o-failed">{props.mistake} </span>}
        {props.is_default
          ? `Blank takes the setting, ${setting}.`
          : `The setting is ${setting} and goes first.`}{' '}
        <code>{name.toUpperCase()}</code>
      </p>
    </div>
  );
}
