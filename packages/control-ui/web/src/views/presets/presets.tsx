import { useAsked } from '../../api/asked.ts';
import { status } from '../../api/live.ts';
import { allPresets, type Preset, titleOf } from '../../api/presets.ts';
import { session } from '../../api/session.ts';
import { place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { momentOf } from '../../format/times.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { useRowKeys } from '../../parts/step-row.ts';
import { PresetConflict } from './conflict.tsx';
import { Detail } from './detail.tsx';
import { Import } from './import.tsx';
import { keyOf } from './key.ts';

/** Settings under names: those that come with the program, and people's own. */
export default function Presets() {
  const { value: presets, error, again } = useAsked('presets', allPresets);
  useRowKeys();
  const fleet = status.value;
  const active = fleet?.preset ?? null;
  const may = session.value.state === 'in' && session.value.role === 'operator';
  if (presets === null) {
    return error === null ? <p class="dim">Loading…</p> : <ProblemNote error={error} />;
  }
  const asked = place.value.query.get('preset');
  const isActive = (preset: Preset) => preset.name === active?.name;
  const chosen =
    presets.find((each) => keyOf(each) === asked) ?? presets.find(isActive) ?? presets[0] ?? null;
  const own = presets.filter(({ id }) => id !== null);
  const row = (preset: Preset) => (
    <Row
      key={keyOf(preset)}
      preset={preset}
      chosen={preset === chosen}
      active={isActive(preset) ? (active?.modified ? 'modified' : 'active') : null}
    />
  );
  return (
    <div class="cols presets">
      <PresetConflict onTheirs={again} />
      <div>
        <ProblemNote error={error} />
        <Section
          first
          title="Presets"
          meta={`${presets.length - own.length} built-in, ${own.length} own`}
          act={may && <Import onDone={again} taken={presets} />}
        >
          <div class="scroll">
            <table class="tbl pad">
              <thead>
                <tr>
                  <th>Name</th>
                  <th class="num">Volume</th>
                  <th class="num hide-s">Pages a visit</th>
                  <th class="hide-s">Changed</th>
                </tr>
              </thead>
              <tbody>
                {presets.filter(({ id }) => id === null).map(row)}
                {own.map(row)}
              </tbody>
            </table>
          </div>
          {own.length === 0 && (
            <div class="empty own-empty">
              <h3>No presets of your own</h3>
              <p>
                A preset keeps settings under a name, so that you come back to them, or compare two
                runs. Save the settings as they are, then change them.
              </p>
              {may && (
                <a class="btn" href="/settings">
                  Open the settings
                </a>
              )}
            </div>
          )}
        </Section>
      </div>
      <aside>
        {chosen !== null && (
          <Detail key={keyOf(chosen)} preset={chosen} all={presets} may={may} onChanged={again} />
        )}
      </aside>
    </div>
  );
}

function Row(props: {
  readonly preset: Preset;
  readonly chosen: boolean;
  readonly active: 'active' | 'modified' | null;
}) {
  const { preset, chosen, active } = props;
  const { settings, own } = preset;
  const pages = [settings.pageviews_min ?? 3, settings.pageviews_max ?? 6].join('–');
  return (
    <tr class={chosen ? 'sel' : ''}>
      <td>
        <button
          type="button"
          class="link strong cell-link"
          aria-pressed={chosen}
          onClick={() => setQuery({ preset: keyOf(preset) })}
        >
          {titleOf(preset)}
        </button>{' '}
        {active !== null && <span class="tag ok">in use</span>}{' '}
        {active === 'modified' && <span class="tag changed">modified</span>}{' '}
        {own?.valid === false && <span class="tag bad">cannot be loaded</span>}{' '}
        {own?.with_secrets === true && <span class="tag">with tokens</span>}
        <br />
        <span class="small mid">{preset.description}</span>
      </td>
      <td class="num nowrap">
        {count(Number(settings.target_visits_per_day ?? 20_000))} <span class="u">visits/day</span>
      </td>
      <td class="num hide-s">{pages}</td>
      <td class="small mid hide-s">{own === null ? 'built in' : momentOf(own.updated_at)}</td>
    </tr>
  );
}
