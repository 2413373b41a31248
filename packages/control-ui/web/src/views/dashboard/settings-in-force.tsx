import type { FleetStatus } from '@trafficinator/contract/rest';
import { Note } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

const shown = 8;

/** What is not at its default, and the preset it came from. */
export function SettingsInForce({ fleet }: { readonly fleet: FleetStatus }) {
  const names = fleet.settings_changed;
  return (
    <Section
      title="Settings"
      act={
        <a class="small" href="/settings">
          Open
        </a>
      }
    >
      {fleet.restart_needed && (
        <Note kind="info">The running loader still uses the settings it was started with.</Note>
      )}
      {fleet.preset !== null && (
        <p class="mid">
          Preset <b class="strong">{fleet.preset.name}</b>{' '}
          {fleet.preset.modified && <span class="tag changed">modified</span>}
        </p>
      )}
      <ul class="diff small">
        {names.slice(0, shown).map((name) => (
          <li key={name}>
            <span>{name}</span>
            <span class="clip">{text(fleet.settings[name])}</span>
          </li>
        ))}
        {names.length > shown && <li>and {names.length - shown} more</li>}
      </ul>
    </Section>
  );
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'unset';
  if (typeof value !== 'string') return JSON.stringify(value);
  return listLength(value) ?? value;
}

/** A list is told by its length: the page of its own shows it. */
function listLength(text: string): string | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? `a list of ${list.length}` : null;
  } catch {
    return null;
  }
}
