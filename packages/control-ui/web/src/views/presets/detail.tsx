import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { get } from '../../api/client.ts';
import { type Preset, titleOf } from '../../api/presets.ts';
import { useIntent } from '../../app/intent.ts';
import { place, setQuery } from '../../app/router.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { type Described, described } from '../settings/described.ts';
import { Acts } from './acts.tsx';
import { Apply } from './apply.tsx';
import { differences, type Values } from './differences.ts';
import { Differences } from './differences.tsx';
import { keyOf } from './key.ts';

interface Form {
  readonly groups: readonly { readonly name: string; readonly settings: readonly string[] }[];
  readonly list: Readonly<Record<string, Described>>;
  readonly values: Values;
  readonly preset: string | null;
}

/** The chosen preset against the saved settings, or against another one; and what can be done with it. */
export function Detail(props: {
  readonly preset: Preset;
  readonly all: readonly Preset[];
  readonly may: boolean;
  readonly onChanged: () => void;
}) {
  const { preset, all, may } = props;
  const form = useAsked('settings', async (signal) => {
    const answer = await get<Form>('/api/settings', signal);
    return { ...answer, list: described(answer.list as never) };
  });
  const [applying, setApplying] = useState(false);
  useIntent('apply_preset', may && form.value !== null, ({ subject }) => {
    if (subject === keyOf(preset)) setApplying(true);
  });
  if (form.value === null) {
    return form.error === null ? <p class="dim">Loading…</p> : <ProblemNote error={form.error} />;
  }
  const { list, values, groups } = form.value;
  const target = groups.find(({ name }) => name === 'target')?.settings ?? [];
  const other = all.find((each) => keyOf(each) === place.value.query.get('with')) ?? null;
  const beside = other === null ? values : other.settings;
  const found = differences(list, beside, preset.settings, other === null ? target : []);
  return (
    <>
      <Section
        first
        title={titleOf(preset)}
        meta={`${Object.keys(preset.settings).length} settings`}
      >
        {preset.own?.problems.map(({ code, message, remedy }) => (
          <Note key={code + message} kind="bad">
            {message} {remedy}
          </Note>
        ))}
        <p class="row acts">
          {may && (
            <button
              type="button"
              class="btn primary"
              disabled={preset.own?.valid === false}
              onClick={() => setApplying(true)}
            >
              Apply…
            </button>
          )}
          <Acts
            preset={preset}
            all={all}
            may={may}
            list={list}
            saved={values}
            onChanged={props.onChanged}
          />
        </p>
      </Section>
      <Section title="Compare">
        <label class="lbl">
          Beside
          <select
            class="in"
            value={other === null ? '' : keyOf(other)}
            onChange={({ currentTarget }) => setQuery({ with: currentTarget.value || null })}
          >
            <option value="">the saved settings</option>
            {all
              .filter((each) => each !== preset)
              .map((each) => (
                <option key={keyOf(each)} value={keyOf(each)}>
                  {titleOf(each)}
                </option>
              ))}
          </select>
        </label>
        <Differences
          found={found}
          list={list}
          before={other === null ? 'Saved' : titleOf(other)}
          after={titleOf(preset)}
        />
        {other === null && <p class="small dim">Target and tokens are not compared: they stay.</p>}
      </Section>
      {applying && (
        <Apply
          preset={preset}
          list={list}
          found={differences(list, values, preset.settings, target)}
          onClose={() => setApplying(false)}
          onDone={() => {
            form.again();
            props.onChanged();
          }}
        />
      )}
    </>
  );
}
