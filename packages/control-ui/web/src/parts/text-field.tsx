import { Glyph } from './glyph.tsx';

/** A labelled input with what is wrong with it. */
export function TextField(props: {
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: string;
  readonly secret?: boolean;
  readonly disabled?: boolean;
  readonly mono?: boolean;
  readonly mistakes: readonly string[];
  readonly onInput: (value: string) => void;
}) {
  const { name, mistakes } = props;
  const id = `field-${name}`;
  return (
    <div>
      <label class="lbl" for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class={props.mono === true ? 'in mono' : 'in'}
        {...(props.secret === true ? { type: 'password' as const } : { type: 'text' as const })}
        autocomplete={props.secret === true ? 'new-password' : 'off'}
        spellcheck={false}
        value={props.value}
        disabled={props.disabled}
        aria-invalid={mistakes.length > 0}
        aria-describedby={`${id}-h`}
        onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
      />
      <p class="small dim" id={`${id}-h`}>
        {mistakes.map((each) => (
          <span key={each} class="o-failed">
            <Glyph name="failed" tone="failed" /> {each}{' '}
          </span>
        ))}
        {mistakes.length === 0 && props.help}
      </p>
    </div>
  );
}
