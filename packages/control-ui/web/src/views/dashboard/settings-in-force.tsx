import type { FleetStatus } from '@trafficinator/contract/rest';
import { useAsked } from '../../api/asked.ts';
import { Note } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { type Change, changesOf, readKnown } from './preset-changes.ts';

const shown = 8;

/** The preset that the settings came from, and what is not as it has it. */
export function SettingsInForce({ fleet }: { readonly fleet: FleetStatus }) {
  const { preset } = fleet;
  const { value } = useAsked(`${preset?.name} ${JSON.stringify(fleet.settings)}`, readKnown);
  const changes = value === null ? [] : changesOf(fleet, value);
  return (
    <Section
      title="Settings in force"
      act={
        <a class="small" href="/settings">
          Open
        </a>
      }
    >
      {fleet.restart_needed && (
        <Note kind="info">The running loader still uses the settings it was started with.</Note>
      )}
      <p class="mid">
        {preset === null ? (
          changes.length === 0 ? (
            'All at their default, without a preset.'
          ) : (
            `No preset; ${changes.length} not at their default.`
          )
        ) : (
          <>
            Preset <b class="strong">{preset.name}</b>{' '}
            {changes.length > 0 && <span class="tag changed">modified: {changes.length}</span>}
          </>
        )}
      </p>
      <ul class="diff small">
        {changes.slice(0, shown).map((change) => (
          <Row key={change.name} change={change} />
        ))}
      </ul>
      {changes.length > shown && (
        <p class="small dim list-foot">
          <a href="/settings?changed=1">{changes.length - shown} more</a>
        </p>
      )}
    </Section>
  );
}

function Row({ change }: { readonly change: Change }) {
  return (
    <li>
      <span title={change.name}>{change.label}</span>
      <span class="brk num">
        <span class="was">{change.was}</span>
        <span class="to">→</span>
        {change.now} {change.unit !== '' && <span class="u">{change.unit}</span>}
      </span>
    </li>
  );
}
