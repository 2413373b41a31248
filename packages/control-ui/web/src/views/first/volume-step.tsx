import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { post } from '../../api/client.ts';
import { allPresets, type Preset, titleOf } from '../../api/presets.ts';
import { go } from '../../app/router.ts';
import { count, rate } from '../../format/numbers.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { toast } from '../../parts/toast.tsx';

const volumeOf = ({ settings }: Preset): number => Number(settings.target_visits_per_day ?? 20_000);

/** A built-in preset, then traffic. */
export function VolumeStep({ target }: { readonly target: string }) {
  const { value, error: failed } = useAsked('presets', allPresets);
  const [name, setName] = useState('light');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (value === null) {
    return failed === null ? <p class="dim">Loading…</p> : <ProblemNote error={failed} />;
  }
  const presets = value.filter(({ id }) => id === null);
  const chosen = presets.find((each) => each.name === name) ?? presets[0];
  const start = async () => {
    setBusy(true);
    setError(null);
    try {
      const { message } = await post<{ message: string }>('/api/start', { preset: chosen?.name });
      toast(message);
      go('/dashboard');
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <div class="fields">
      <p class="mid">You can change every number later.</p>
      <div role="radiogroup" aria-label="Preset">
        <div class="choice head" aria-hidden="true">
          <span />
          <span>Preset</span>
          <span class="num">Volume</span>
          <span class="num">Rate</span>
          <span class="num">Pages a visit</span>
          <span>Good for</span>
        </div>
        {presets.map((preset) => (
          <label key={preset.name} class="choice">
            <input
              type="radio"
              name="preset"
              checked={preset === chosen}
              onChange={() => setName(preset.name)}
            />
            <b class="strong">{titleOf(preset)}</b>
            <span class="num">
              {count(volumeOf(preset))} <span class="u">visits/day</span>
            </span>
            <span class="num">
              {rate(volumeOf(preset) / 86_400)} <span class="u">visits/s</span>
            </span>
            <span class="num">
              {String(preset.settings.pageviews_min ?? 3)}–
              {String(preset.settings.pageviews_max ?? 6)}
            </span>
            <span class="mid small">{preset.description}</span>
          </label>
        ))}
      </div>
      {chosen !== undefined && (
        <>
          <Note kind="info">
            Start sends {rate(volumeOf(chosen) / 86_400)} visits/s to {target}: one every{' '}
            {count(86_400 / volumeOf(chosen))} s. Stop ends it; visits under way get their outcome.
          </Note>
          <ProblemNote error={error} />
          <p class="row">
            <button type="button" class="btn primary" disabled={busy} onClick={start}>
              {busy ? 'Starting…' : `Start ${titleOf(chosen)}`}
            </button>
          </p>
        </>
      )}
    </div>
  );
}
