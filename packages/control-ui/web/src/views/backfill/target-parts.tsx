import type { BackfillReport } from '@trafficinator/contract';
import type { TargetReport } from '@trafficinator/contract/rest';
import { count, share } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Section } from '../../parts/section.tsx';
import { stateOfJob } from './jobs.ts';

/** Each of several targets: how far it is, and what became of its hits. The sum stands above. */
export function TargetParts({ targets }: { readonly targets: readonly TargetReport[] }) {
  return (
    <Section title="Targets" meta="each with an end of its own">
      <Scroll label="Targets of this backfill">
        <table class="tbl rows">
          <thead>
            <tr>
              <th>Target</th>
              <th>State</th>
              <th class="num">Site</th>
              <th class="num">Visits</th>
              <th class="num">Hits</th>
              <th class="num">Accepted</th>
              <th class="num">Hits/s</th>
              <th>Ends in</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <Row key={target.name} target={target} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}

function Row({ target: { name, report, trouble } }: { readonly target: TargetReport }) {
  const said = trouble ?? (report?.state === 'running' ? null : (report?.exit_reason ?? null));
  return (
    <>
      <tr>
        <td class="strong">{name}</td>
        <td class="nowrap">
          <State report={report} trouble={trouble} />
        </td>
        {report === null ? (
          <td class="dim" colSpan={6}>
            {said ?? 'no numbers yet'}
          </td>
        ) : (
          <>
            <td class="num">{report.target.site_id}</td>
            <td class="num">
              {count(report.visits.done)} <span class="u">of {count(report.visits.planned)}</span>
            </td>
            <td class="num">{count(report.hits.done)}</td>
            <td class="num">{share(report.hits.accepted, report.hits.done)}</td>
            <td class="num">{count(report.rate.hits_per_second)}</td>
            <td class="mid">
              {report.eta_seconds === null || report.state !== 'running'
                ? '–'
                : spanOf(report.eta_seconds)}
            </td>
          </>
        )}
      </tr>
      {report !== null && said !== null && report.state !== 'finished' && (
        <tr>
          <td class="mid small" colSpan={8}>
            {name}: {said}
          </td>
        </tr>
      )}
    </>
  );
}

function State(props: { readonly report: BackfillReport | null; readonly trouble: string | null }) {
  const { report, trouble } = props;
  const state = stateOfJob(trouble === null ? (report?.state ?? 'starting') : 'halted');
  return (
    <>
      <Glyph name={state.glyph} tone={state.tone} /> {state.word}
    </>
  );
}
