import { percent } from '../../format/percent.ts';
import type { Draft } from './draft.ts';
import { changeField } from './editing.ts';
import { mistakesAt } from './judge.ts';
import { ValueField } from './value-field.tsx';

/** What a funnel has besides its steps. */
export function Head({ draft, readOnly }: { readonly draft: Draft; readonly readOnly: boolean }) {
  const { fields } = draft;
  const { probability } = fields;
  const ends = fields.exit_after_completion !== false;
  const common = (name: string) => ({
    name,
    value: fields[name],
    mistakes: mistakesAt(name),
    readOnly,
    onChange: (value: unknown) => changeField(name, value),
  });
  const others = Object.keys(fields).filter((name) => !known.includes(name));
  return (
    <div class="funnel-head">
      <ValueField {...common('name')} label="Name" wide />
      <ValueField
        {...common('probability')}
        label="Probability"
        numeric
        unit="share"
        hint={typeof probability === 'number' ? `= ${percent(probability)} of what is left` : ''}
      />
      <ValueField
        {...common('priority')}
        label="Priority"
        numeric
        placeholder="0"
        hint="Lower ones are tried first."
      />
      <ValueField {...common('description')} label="Description" placeholder="none" wide />
      <div class="lbl wide" data-field="exit_after_completion">
        <label for="exit-after">Visit ends after it</label>
        <span class="name">exit_after_completion</span>
        <span class="row exit">
          <input
            id="exit-after"
            class="check"
            type="checkbox"
            checked={ends}
            disabled={readOnly}
            onChange={({ currentTarget }) =>
              changeField('exit_after_completion', currentTarget.checked)
            }
          />
          <span class="small mid">
            {ends ? 'The visitor leaves.' : 'The same visitor goes on browsing in the same visit.'}
          </span>
        </span>
        {mistakesAt('exit_after_completion').map((text) => (
          <span key={text} class="hint o-failed">
            It {text}.
          </span>
        ))}
      </div>
      {others.map((name) => (
        <ValueField key={name} {...common(name)} label={name} />
      ))}
    </div>
  );
}

const known = ['name', 'description', 'probability', 'priority', 'exit_after_completion'];
