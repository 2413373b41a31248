import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { allPresets, type Preset, titleOf } from '../../api/presets.ts';
import { count } from '../../format/numbers.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';
import { changeMany, saved } from './form.ts';

/** Puts a preset's values into the form; nothing is saved before they are reviewed and applied. */
export function LoadDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: presets, error } = useAsked('presets', allPresets);
  const [chosen, setChosen] = useState<Preset | null>(null);
  const take = () => {
    if (chosen === null) return;
    changeMany(changesOf(chosen), chosen.name);
    toast(`“${titleOf(chosen)}” is in the form. Review and apply it.`);
    onClose();
  };
  return (
    <Dialog
      title="Load a preset into the form"
      onClose={onClose}
      footer={
        <>
          <span class="small dim">Target and token stay. Nothing is applied yet.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="button" class="btn primary" disabled={chosen === null} onClick={take}>
            Load into the form
          </button>
        </>
      }
    >
      <ProblemNote error={error} />
      {presets === null ? (
        <p class="dim">Loading…</p>
      ) : (
        <div role="radiogroup" aria-label="Presets" class="pick-one">
          {presets.map((preset) => (
            <label key={`${preset.id} ${preset.name}`} class="pick-row">
              <input
                type="radio"
                name="preset"
                disabled={preset.own?.valid === false}
                checked={chosen === preset}
                onChange={() => setChosen(preset)}
              />
              <b class="strong">{titleOf(preset)}</b>
              <span class="num">
                {count(Number(preset.settings.target_visits_per_day ?? 20_000))}{' '}
                <span class="u">visits/day</span>
              </span>
              <span class="small mid wide">
                {preset.own?.valid === false ? preset.own.problems[0]?.message : preset.description}
              </span>
            </label>
          ))}
        </div>
      )}
    </Dialog>
  );
}

/** All of its values; what it leaves out goes back to its default. The target stays. */
function changesOf({ settings }: Preset): Record<string, unknown> {
  const target = new Set(saved.value?.groups.find(({ name }) => name === 'target')?.settings);
  const names = [...Object.keys(saved.value?.values ?? {}), ...Object.keys(settings)];
  return Object.fromEntries(
    names.filter((name) => !target.has(name)).map((name) => [name, settings[name] ?? null]),
  );
}
