import type { Problem } from '@trafficinator/contract';
import { useState } from 'preact/hooks';
import { Glyph } from '../../parts/glyph.tsx';
import { Control } from './controls.tsx';
import type { Described } from './described.ts';
import { Fix } from './fix.tsx';
import { change, changeMany, errors, formValue, isChanged } from './form.ts';
import type { Row } from './rows.ts';
import { shownValue } from './value-text.ts';

/** One line of the form: label, control with unit, help, and what is wrong. */
export function Field({ row, readOnly }: { readonly row: Row; readonly readOnly: boolean }) {
  const [first, second] = row.settings;
  const names = row.settings.map(({ name }) => name);
  const wrong = errorsOf(names);
  const different = names.some(isChanged) && !first.secret;
  const about = wrong.length === 0 ? `${row.name}-h` : `${row.name}-h ${row.name}-e`;
  const state = { about, invalid: wrong.length > 0, disabled: readOnly };
  const unit = unitOf(first);
  const isNumber = first.kind === 'integer' || first.kind === 'number';
  const classes = ['field', different && 'changed', wrong.length > 0 && 'error'];
  return (
    <div class={classes.filter(Boolean).join(' ')} id={`f-${row.name}`}>
      <div class="lab">
        {second === undefined ? (
          <label for={row.name}>{row.label}</label>
        ) : (
          <span class="l" id={`${row.name}-l`}>
            {row.label}
          </span>
        )}
        <span class="name">{second === undefined ? breakable(row.name) : pairName(row.name)}</span>
      </div>
      <div class="ctl">
        {second !== undefined ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
          <span class="unit pair" role="group" aria-labelledby={`${row.name}-l`}>
            <Control setting={first} label={`${row.label} from`} {...state} />
            to
            <Control setting={second} label={`${row.label} to`} {...state} />
            {unit}
          </span>
        ) : isNumber ? (
          <span class="unit">
            <Control setting={first} {...state} />
            {unit}
            <Percent setting={first} />
          </span>
        ) : (
          <Control setting={first} {...state} />
        )}
        {different && <Default row={row} readOnly={readOnly} />}
      </div>
      <p class="help" id={`${row.name}-h`}>
        {row.settings.map(helpOf).join(' ')}
        <Names setting={first} />
      </p>
      {wrong.length > 0 && (
        <p class="err" id={`${row.name}-e`}>
          <Glyph name="failed" tone="failed" />
          <span>
            {wrong.map(({ message, remedy }) => `${message} ${remedy}`).join(' ')}{' '}
            {!readOnly && <Fix row={row} />}
          </span>
        </p>
      )}
    </div>
  );
}

/** Errors that are told at a line: those that name one of its settings first. */
const errorsOf = (names: readonly string[]): readonly Problem[] =>
  errors.value.filter(({ fields }) => names.includes(fields[0] ?? ''));

function Default({ row, readOnly }: { readonly row: Row; readonly readOnly: boolean }) {
  const [first, second] = row.settings;
  const [least, most] = [first, second].map((each) =>
    each === undefined ? '' : shownValue(each, each.default),
  );
  const text = second === undefined ? least : `${least} to ${most}`;
  const reset = () =>
    second === undefined
      ? change(first.name, null)
      : changeMany({ [first.name]: null, [second.name]: null });
  return (
    <span class="def">
      <span class="clip">default {text}</span>
      {!readOnly && (
        <button
          type="button"
          class="link"
          aria-label={`Reset ${row.label}, back to ${text}`}
          onClick={reset}
        >
          reset
        </button>
      )}
    </span>
  );
}

/** Shares are written as parts of 1; people think in percent. */
function Percent({ setting }: { readonly setting: Described }) {
  const value = formValue(setting.name);
  const isShare = 'unit' in setting && setting.unit?.startsWith('share') === true;
  if (!isShare || typeof value !== 'number') return null;
  return <span>= {Number((value * 100).toPrecision(6))} %</span>;
}

const unitOf = (setting: Described): string => ('unit' in setting ? (setting.unit ?? '') : '');

function helpOf(setting: Described): string {
  const told = setting.kind === 'boolean' || setting.kind === 'text' || setting.kind === 'choice';
  return told || isLong(setting.allowed)
    ? setting.help
    : `${setting.help} ${sentence(setting.allowed)}`;
}

const isLong = (allowed: string): boolean => allowed.length > 160;

/** A long list of names is there for whoever wants it. */
function Names({ setting }: { readonly setting: Described }) {
  const [open, setOpen] = useState(false);
  if (setting.kind !== 'weighted_list' || !isLong(setting.allowed)) return null;
  return (
    <>
      {' '}
      <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the names' : 'Show the names'}
      </button>{' '}
      {open && sentence(setting.allowed)}
    </>
  );
}

const sentence = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`;

/** Long names break after an underscore. */
const breakable = (name: string) =>
  name.split('_').flatMap((part, at) => (at === 0 ? [part] : ['_', <wbr key={at} />, part]));
const pairName = (name: string) => [...breakable(name), ' / ', '_max'];
