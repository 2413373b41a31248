import { useState } from 'preact/hooks';
import type { Described } from './described.ts';
import { change, changes, formValue, saved, takeBack } from './form.ts';
import { inputText, typedValue } from './value-text.ts';

export interface ControlProps {
  readonly setting: Described;
  /** Ids of help and error. */
  readonly about: string;
  readonly invalid: boolean;
  readonly disabled: boolean;
  /** For one of two inputs; else the field's label names it. */
  readonly label?: string;
}

/** The input that fits a setting's kind. */
export function Control(props: ControlProps) {
  const { setting } = props;
  if (setting.kind === 'boolean') return <Switch {...props} />;
  if (setting.kind === 'choice') return <Choice {...props} values={setting.values} />;
  if (setting.kind === 'text' && setting.format === 'targets') return <TargetsHint {...props} />;
  if (setting.secret) return <Secret {...props} />;
  return <Typed {...props} />;
}

const attributes = ({ setting, about, invalid, disabled, label }: ControlProps) => ({
  id: setting.name,
  'aria-describedby': about,
  'aria-invalid': invalid,
  'aria-label': label,
  disabled,
});

function Switch(props: ControlProps) {
  const { name } = props.setting;
  const on = formValue(name) === true;
  return (
    <>
      <input
        {...attributes(props)}
        class="switch"
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={({ currentTarget }) => change(name, currentTarget.checked)}
      />
      <span class="small mid">{on ? 'on' : 'off'}</span>
    </>
  );
}

function Choice(props: ControlProps & { readonly values: readonly string[] }) {
  const { name } = props.setting;
  return (
    <select
      {...attributes(props)}
      class="in"
      value={String(formValue(name))}
      onChange={({ currentTarget }) => change(name, currentTarget.value)}
    >
      {props.values.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </select>
  );
}

/** While somebody types, the input keeps what was typed; the value is read from it. */
function Typed(props: ControlProps) {
  const { setting } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const isNumber = setting.kind === 'integer' || setting.kind === 'number';
  const isLong = setting.kind === 'text' && setting.format === 'campaigns';
  const text = inputText(setting, formValue(setting.name));
  const common = {
    ...attributes(props),
    value: typed ?? text,
    placeholder: 'default' in setting && setting.default === null ? 'unset' : '',
    spellcheck: false,
    autocomplete: 'off',
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      setTyped(currentTarget.value);
      change(setting.name, typedValue(setting, currentTarget.value));
    },
    onBlur: () => setTyped(null),
  };
  if (isLong) return <textarea {...common} class="in mono area" rows={3} />;
  const zones = setting.kind === 'text' && setting.format === 'zone';
  return (
    <>
      <input
        {...common}
        class={isNumber ? `in n ${props.label === undefined ? '' : 'x'}` : 'in mono'}
        inputMode={isNumber ? 'decimal' : undefined}
        list={zones ? 'zones' : undefined}
      />
      {zones && <Zones />}
    </>
  );
}

function Zones() {
  return (
    <datalist id="zones">
      {Intl.supportedValuesOf('timeZone').map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

/** A secret is never shown: blank keeps it, clearing it is an act of its own. */
function Secret(props: ControlProps) {
  const { name } = props.setting;
  const isKept = (saved.value?.values[name] ?? null) !== null;
  const given = changes.value[name];
  if (given === null) {
    return (
      <p class="small mid row">
        Cleared when you apply.
        <button type="button" class="link" id={name} onClick={() => takeBack(name)}>
          Keep it
        </button>
      </p>
    );
  }
  return (
    <>
      <input
        {...attributes(props)}
        class="in mono"
        type="password"
        autocomplete="new-password"
        placeholder={isKept ? 'kept; type to replace it' : 'none'}
        value={typeof given === 'string' ? given : ''}
        onInput={({ currentTarget }) => change(name, currentTarget.value)}
      />
      {isKept && !props.disabled && (
        <button type="button" class="link small" onClick={() => change(name, null)}>
          Clear
        </button>
      )}
    </>
  );
}

/** Several targets have a view of their own. */
function TargetsHint({ setting }: ControlProps) {
  const text = formValue(setting.name);
  return (
    <p class="small mid" id={setting.name}>
      {text === null ? 'none: the one above' : 'a list'}. <a href="/targets">Open Targets</a>
    </p>
  );
}
