import type { TargetItem } from '@trafficinator/contract/rest';
import { useState } from 'preact/hooks';
import { mistakesAt } from '../../api/mistakes.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { useAct } from '../../parts/use-act.ts';
import { blank, type Draft, draftOf, shownOf, targetOf } from './draft.ts';
import { addTarget, changeTarget, type Targets } from './targets-api.ts';
import { withTarget, writeTargetsOrAsk } from './write.ts';

const features = [
  ['countries', 'Countries'],
  ['site_search', 'Site search'],
  ['outlinks', 'Outlinks'],
  ['downloads', 'Downloads'],
  ['events', 'Events'],
  ['ecommerce', 'Orders'],
  ['goals', 'Goals'],
  ['content', 'Content'],
] as const;

/** A target in full. A token is never shown: blank keeps it, clearing is an act of its own. */
export function Edit(props: {
  readonly targets: Targets;
  /** null: a new one. */
  readonly target: TargetItem | null;
  readonly onClose: () => void;
  readonly onDone: (message: string) => void;
  /** Somebody else's version was chosen. */
  readonly onLeft: () => void;
}) {
  const { target } = props;
  // The version that is edited, whatever the table behind shows by now.
  const [targets] = useState(props.targets);
  const [draft, setDraft] = useState<Draft>(target === null ? blank : draftOf(target));
  const { busy, error, run } = useAct();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const text = (name: keyof Draft & string, label: string, help?: string) => (
    <TextField
      key={name}
      name={name}
      label={label}
      help={help}
      value={String(draft[name])}
      mistakes={mistakesAt(error, `/${name}`)}
      onInput={(value) => set({ [name]: value })}
    />
  );
  const save = async (event: Event) => {
    event.preventDefault();
    await run(async () => {
      const body = targetOf(draft);
      if (target === null) props.onDone((await addTarget(body)).message);
      else {
        await writeTargetsOrAsk({
          targets,
          title: `“${target.name}” was changed meanwhile`,
          change: withTarget(target.name, shownOf(body, target)),
          send: async (now) => (await changeTarget(now, target.name, body)).message,
          onDone: props.onDone,
          onLeft: props.onLeft,
        });
      }
      props.onClose();
    });
  };
  const kept = target !== null && target.token_auth !== null;
  return (
    <Dialog
      title={target === null ? 'Add a target' : `Edit ${target.name}`}
      wide
      onClose={props.onClose}
    >
      <form onSubmit={save} class="fields two" noValidate>
        {text('name', 'Name', 'For people and in numbers.')}
        {text('url', 'Address of the tracker', 'https://matomo.example.org/matomo.php')}
        {text('site_id', 'Site id', 'Whole number from 1.')}
        <div>
          <TextField
            name="token_auth"
            label="Token"
            secret
            help={
              draft.clear_token
                ? 'The stored token is cleared when you save.'
                : kept
                  ? 'Kept; type to replace it. Another address drops it.'
                  : 'With write access to the site. Needed for countries and past days.'
            }
            disabled={draft.clear_token}
            value={draft.token_auth}
            mistakes={mistakesAt(error, '/token_auth')}
            onInput={(token_auth) => set({ token_auth })}
          />
          {kept && (
            <button
              type="button"
              class="link small"
              onClick={() => set({ clear_token: !draft.clear_token, token_auth: '' })}
            >
              {draft.clear_token ? 'Keep the token' : 'Clear the token'}
            </button>
          )}
        </div>
        {text('weight', 'Weight', 'Used when visits are divided by weight.')}
        {text(
          'target_visits_per_day',
          'Own volume, visits/day',
          'Blank: as in Settings. Used with “own volume each”.',
        )}
        {text('max_visits_per_day', 'Own daily cap, visits', 'Blank: none.')}
        {text('max_visits', 'Own cap of the run, visits', 'Blank: none.')}
        <label class="lbl">
          Delivery
          <select
            class="in"
            value={draft.delivery}
            onChange={({ currentTarget }) =>
              set({ delivery: currentTarget.value as Draft['delivery'] })
            }
          >
            <option value="auto">auto</option>
            <option value="single">single</option>
            <option value="bulk">bulk</option>
          </select>
        </label>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own */}
        <div role="group" aria-label="What it gets" class="small">
          <span class="mid">What it gets</span>
          <p class="row wraps">
            {features.map(([name, label]) => (
              <label key={name} class="row nowrap">
                <input
                  class="check"
                  type="checkbox"
                  checked={draft.features[name] !== false}
                  onChange={({ currentTarget }) =>
                    set({ features: { ...draft.features, [name]: currentTarget.checked } })
                  }
                />
                {label}
              </label>
            ))}
          </p>
        </div>
        <div class="all">
          <ProblemNote error={error} />
          <p class="row acts">
            <button type="submit" class="btn primary" disabled={busy}>
              {busy ? 'Saving…' : target === null ? 'Add the target' : 'Save the target'}
            </button>
            <span class="small dim">A running loader uses it after a restart.</span>
          </p>
        </div>
      </form>
    </Dialog>
  );
}
