import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';
import {
  canUndo,
  changedNames,
  changes,
  discardAll,
  errors,
  saved,
  savedValueOf,
  takeBack,
  undo,
  warnings,
} from './form.ts';
import { jumpTo, labelOf } from './jump.ts';
import { PresetPart } from './preset-part.tsx';
import { shownValue } from './value-text.ts';

export const changesText = (count: number): string =>
  `${count} ${count === 1 ? 'change' : 'changes'}`;
export const errorsText = (count: number): string => `${count} ${count === 1 ? 'error' : 'errors'}`;

/** What is wrong, what is changed, and what can be done with it. */
export function Rail({
  review,
  readOnly,
}: {
  readonly review: () => void;
  readonly readOnly: boolean;
}) {
  const names = changedNames.value;
  const wrong = errors.value.length;
  return (
    <aside class="rail" id="rail" aria-label="Errors and changes" tabIndex={-1}>
      {wrong > 0 && (
        <Section first title={errorsText(wrong)} meta="mend before applying">
          <Problems problems={errors.value} glyph="failed" />
        </Section>
      )}
      {!readOnly && (
        <Section
          first={wrong === 0}
          title={names.length === 0 ? 'No changes' : `${changesText(names.length)} not applied`}
          act={
            canUndo.value && (
              <button type="button" class="link small" onClick={undo}>
                Undo last
              </button>
            )
          }
        >
          {names.length === 0 ? (
            <p class="small dim">The form shows what is saved. A blue edge: not the default.</p>
          ) : (
            <>
              <ul class="diff">
                {names.map((name) => (
                  <Change key={name} name={name} />
                ))}
              </ul>
              <p class="row acts">
                <button type="button" class="btn primary" disabled={wrong > 0} onClick={review}>
                  Review and apply…
                </button>
                <button type="button" class="btn" onClick={discardAll}>
                  Discard all
                </button>
              </p>
              <p class="small dim">
                {wrong > 0 && 'Applying is possible when no error is left. '}
                Changes stay in this tab, also over a reload; a typed token does not.
              </p>
            </>
          )}
        </Section>
      )}
      {warnings.value.length > 0 && (
        <Section title={`To consider: ${warnings.value.length}`}>
          <Problems problems={warnings.value} glyph="unknown" />
        </Section>
      )}
      <PresetPart readOnly={readOnly} />
    </aside>
  );
}

function Problems(props: { readonly problems: typeof errors.value; readonly glyph: string }) {
  return (
    <ul class="list-err">
      {props.problems.map(({ code, fields, message }) => (
        <li key={`${code} ${fields.join(' ')} ${message}`}>
          <Glyph name={props.glyph} tone={props.glyph} />
          <span>
            {fields[0] !== undefined && (
              <>
                <Jump name={fields[0]} />:{' '}
              </>
            )}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Jump({ name }: { readonly name: string }) {
  const go = (event: Event) => {
    event.preventDefault();
    jumpTo(name);
  };
  return (
    <a href={`#f-${name}`} onClick={go}>
      {labelOf(name)}
    </a>
  );
}

function Change({ name }: { readonly name: string }) {
  const setting = saved.value?.list[name];
  if (setting === undefined) return null;
  const given = changes.value[name] ?? null;
  const before = shownValue(setting, savedValueOf(name));
  const after = setting.secret
    ? given === null
      ? 'cleared'
      : 'a new one'
    : shownValue(setting, given ?? setting.default);
  const isLong = before.length + after.length > 34;
  return (
    <li>
      <Jump name={name} />
      <button
        type="button"
        class="link small"
        aria-label={`Undo ${setting.label}`}
        onClick={() => takeBack(name)}
      >
        undo
      </button>
      <span class={`v ${isLong ? 'two' : ''}`}>
        <span class="was">{before}</span>
        <span class="to">→</span>
        <span>{after}</span>
      </span>
    </li>
  );
}
