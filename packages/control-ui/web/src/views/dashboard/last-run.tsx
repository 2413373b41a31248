import type { FleetStatus, RunRecord } from '@trafficinator/contract/rest';
import { useLoaded } from '../../app/loaded.ts';
import { count, millis, share } from '../../format/numbers.ts';
import { momentOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';
import { resultOf } from '../runs/result.ts';
import { endOf, shortId } from '../runs/run-words.ts';

/** What the last run came to. */
export function LastRun({ fleet }: { readonly fleet: FleetStatus }) {
  const { value: run } = useLoaded<RunRecord>(
    fleet.run_id === null ? null : `/api/runs/${fleet.run_id}`,
    fleet.since,
  );
  if (run === null || run.end === null) return null;
  const result = resultOf(run);
  const end = endOf(run.end);
  const p95 = result?.durations[0]?.[1].p95;
  const settled = result === null ? 0 : result.hits.planned - result.hits.pending;
  return (
    <Section
      title="Last run"
      meta={shortId(run.id)}
      act={
        <a class="small" href={`/runs/${run.id}`}>
          Open
        </a>
      }
    >
      <ul class="diff small">
        <li>
          <span>
            <Glyph name={end.glyph} tone={end.tone} /> {end.word}
          </span>
          <span>{run.ended_at !== null && momentOf(run.ended_at)}</span>
        </li>
        {result !== null && (
          <>
            <li>
              <span>Visits</span>
              <span>{count(result.visits.planned)}</span>
            </li>
            <li>
              <span>Hits accepted</span>
              <span>{share(result.hits.accepted, settled)}</span>
            </li>
          </>
        )}
        {p95 !== undefined && (
          <li>
            <span>Answer time p95</span>
            <span>
              {millis(p95)[0]} <span class="u">{millis(p95)[1]}</span>
            </span>
          </li>
        )}
      </ul>
    </Section>
  );
}
