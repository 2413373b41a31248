import type { ProblemDetails } from '@trafficinator/contract/rest';
import { count } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';

/** A setting as GET /api/settings describes it. */
export interface SettingFace {
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
  readonly default: unknown;
}

/** A number of the form: label, wire name, unit and help come from the settings list. */
export function NumberField(props: {
  readonly name: string;
  readonly face: SettingFace | null;
  /** As it is saved; blank takes it. */
  readonly saved: unknown;
  readonly text: string;
  readonly errors: ProblemDetails['errors'];
  readonly onChange: (text: string) => void;
}) {
  const { name, face, text, errors } = props;
  const usual = props.saved ?? face?.default ?? null;
  const changed = text !== '';
  return (
    <div class={`field ${errors.length > 0 ? 'error' : changed ? 'changed' : ''}`}>
      <div class="lab">
        <label for={name}>{face?.label ?? name}</label>
        <span class="name">{name}</span>
      </div>
      <div class="ctl">
        <span class="unit">
          <input
            class="in n"
            id={name}
            inputMode="decimal"
            autocomplete="off"
            value={text}
            placeholder={typeof usual === 'number' ? count(usual) : 'unset'}
            aria-invalid={errors.length > 0}
            aria-describedby={`${name}-help${errors.length > 0 ? ` ${name}-error` : ''}`}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
          {face?.unit}
        </span>
      </div>
      <p class="help" id={`${name}-help`}>
        {face?.help}
      </p>
      {errors.length > 0 && <Mistakes id={`${name}-error`} errors={errors} />}
    </div>
  );
}

/** What is wrong with a field, at the field. */
export function Mistakes(props: {
  readonly id: string;
  readonly errors: ProblemDetails['errors'];
}) {
  return (
    <p class="err" id={props.id} role="alert">
      <Glyph name="failed" tone="failed" />
      <span>
        {props.errors.map(({ code, message, remedy }) => (
          <span key={code}>
            {message} {remedy}{' '}
          </span>
        ))}
      </span>
    </p>
  );
}
