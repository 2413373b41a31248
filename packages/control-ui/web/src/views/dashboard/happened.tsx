import type { FleetStatus, LoaderLogLine } from '@trafficinator/contract/rest';
import { tenSeconds } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { clockShort, momentOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';

const shown = 5;

/** The last warnings and errors of the loaders, the newest first. */
export function Happened({ fleet }: { readonly fleet: FleetStatus }) {
  const runs = fleet.loaders.some(({ process }) => process === 'running');
  const { value } = useLoaded<{ lines: readonly LoaderLogLine[] }>(
    `/api/logs?level=warning&lines=${shown}`,
    `${fleet.state} ${tenSeconds(runs)}`,
  );
  if (value === null || value.lines.length === 0) return null;
  return (
    <Section
      title="What happened"
      act={
        <a class="small" href="/logs?level=warning">
          Log
        </a>
      }
    >
      <ul class="happened small">
        {value.lines.toReversed().map((line, at) => (
          <li key={`${line.at} ${at}`}>
            <time class="dim" dateTime={line.at} title={momentOf(line.at)}>
              {clockShort(line.at)}
            </time>
            <span class="break">
              <Glyph
                name={line.level === 'error' ? 'failed' : 'unknown'}
                tone={line.level === 'error' ? 'failed' : 'unknown'}
              />{' '}
              <span class="sr">{line.level}: </span>
              {line.text.replace(/^(warning|error): /, '')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
