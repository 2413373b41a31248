import type { FleetStatus, LoaderLogLine } from '@trafficinator/contract/rest';
import { tenSeconds } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { clockShort, momentOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';

const shown = 5;
const read = 40;

const textOf = ({ text }: LoaderLogLine): string => text.replace(/^(warning|error): /, '');

/** The last warnings and errors of the loaders, the newest first. */
export function Happened({ fleet }: { readonly fleet: FleetStatus }) {
  const runs = fleet.loaders.some(({ process }) => process === 'running');
  const since = fleet.loaders.flatMap(({ started_at }) => started_at ?? []).toSorted()[0];
  const { value } = useLoaded<{ lines: readonly LoaderLogLine[] }>(
    since === undefined ? null : `/api/logs?level=warning&lines=${read}&since=${since}`,
    `${fleet.state} ${tenSeconds(runs)}`,
  );
  // What several loaders say alike is said once.
  const lines = new Map(value?.lines.map((line) => [textOf(line), line]) ?? []);
  if (lines.size === 0) return null;
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
        {[...lines]
          .toReversed()
          .slice(0, shown)
          .map(([text, line]) => (
            <li key={text}>
              <time class="dim" dateTime={line.at} title={momentOf(line.at)}>
                {clockShort(line.at)}
              </time>
              <span class="break">
                <Glyph
                  name={line.level === 'error' ? 'failed' : 'unknown'}
                  tone={line.level === 'error' ? 'failed' : 'unknown'}
                />{' '}
                <span class="sr">{line.level}: </span>
                {text}
              </span>
            </li>
          ))}
      </ul>
    </Section>
  );
}
