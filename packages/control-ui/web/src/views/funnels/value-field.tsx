import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Glyph } from '../../parts/glyph.tsx';

/** A labelled input of a funnel or step, with the name that it has in the file and what is wrong with it. */
export function ValueField(props: {
  readonly label: string;
  /** Its name in the file. */
  readonly name: string;
  readonly value: unknown;
  /** What is typed is read as a number. */
  readonly numeric?: boolean;
  readonly unit?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly hint?: ComponentChildren;
  readonly mistakes: readonly string[];
  readonly readOnly: boolean;
  readonly wide?: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const { label, name, value, numeric = false, mistakes, unit = '' } = props;
  const id = useId();
  // While somebody types, the input keeps what was typed: `0.` is on its way to 0.5.
  const [typed, setTyped] = useState<string | null>(null);
  const text = value === null || value === undefined ? '' : String(value);
  return (
    <div class={props.wide === true ? 'lbl wide' : 'lbl'} data-field={name}>
      <label for={id}>
        {label}
        {unit !== '' && `, ${unit}`}
      </label>
      <span class="name">{name}</span>
      <input
        id={id}
        class={numeric ? 'in n' : 'in'}
        value={typed ?? text}
        placeholder={props.placeholder}
        inputMode={numeric ? 'decimal' : undefined}
        spellcheck={false}
        autocomplete="off"
        disabled={props.readOnly}
        aria-invalid={mistakes.length > 0}
        aria-describedby={mistakes.length > 0 ? `${id}-e` : undefined}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          props.onChange(numeric ? numberOf(currentTarget.value) : currentTarget.value);
        }}
        onBlur={() => setTyped(null)}
      />
      {mistakes.length === 0 ? (
        props.hint !== undefined && <span class="hint">{props.hint}</span>
      ) : (
        <span class="hint o-failed" id={`${id}-e`}>
          {mistakes.map((each) => (
            <span key={each}>
              <Glyph name="failed" tone="failed" /> {label} {each}.{' '}
            </span>
          ))}
        </span>
      )}
    </div>
  );
}

/** A number, nothing, or the text that is none: the rules say so then. */
function numberOf(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed.replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}
