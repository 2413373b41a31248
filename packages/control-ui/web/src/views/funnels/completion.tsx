import type { FunnelStatistics } from '@trafficinator/contract/rest';
import type { FunnelRow } from '../../api/funnels.ts';
import { count, share } from '../../format/numbers.ts';
import { momentOf } from '../../format/times.ts';
import { Section } from '../../parts/section.tsx';
import type { Step } from './draft.ts';
import { wordOf } from './steps/kinds.ts';
import { stepText } from './steps/step-text.ts';

type Numbers = FunnelStatistics['items'][number];

/** How far visitors came in the newest run that had this funnel, step by step. */
export function Completion(props: {
  readonly row: FunnelRow | null;
  readonly steps: readonly Step[];
  readonly statistics: FunnelStatistics | null;
}) {
  const { row, statistics } = props;
  if (row === null || statistics === null) return null;
  const found = statistics.items.find(({ name }) => name === row.name);
  if (found === undefined) return <NoRun name={row.name} runs={statistics.runs} />;
  const { run, starts, completions, planned } = found;
  const isRunning = run.ended_at === null;
  const fits = found.steps.length === row.step_count;
  const isEdited = Date.parse(row.updated_at) > Date.parse(run.started_at);
  return (
    <Section
      title="Completion"
      meta={
        <>
          from Matomo’s answers in <a href={`/runs/${run.id}`}>{run.name ?? run.id}</a>
          {run.kind === 'backfill' && ', a backfill'}, begun {momentOf(run.started_at)}
          {isRunning && ', under way'}
        </>
      }
    >
      <Bars numbers={found} labels={fits ? props.steps.map(labelOf) : []} isRunning={isRunning} />
      <p class="small dim bars-foot">
        {count(completions)} of {count(starts)} visits that began it completed it{' '}
        <span class="nowrap">({share(completions, starts)})</span>; planned was{' '}
        <span class="nowrap">{share(planned.completions, planned.starts)}</span>.{' '}
        {isRunning
          ? 'Not reached: planned, and still under way or with a hit that was not accepted. '
          : 'Not reached: planned, but the hit was not accepted. '}
        {isEdited &&
          (fits
            ? 'The funnel was saved again since then: the names of the steps are those of now.'
            : `The funnel was changed since then: it had ${found.steps.length} steps.`)}
      </p>
    </Section>
  );
}

const labelOf = ({ fields }: Step): string => stepText(fields)[0] || wordOf(fields);

function Bars(props: {
  readonly numbers: Numbers;
  readonly labels: readonly string[];
  readonly isRunning: boolean;
}) {
  const { steps, planned } = props.numbers;
  const most = Math.max(1, planned.starts);
  const width = (visits: number) => ({ width: `${(100 * visits) / most}%` });
  return (
    <table class="tbl bars">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" class="num hide-s">
            Planned
          </th>
          <th scope="col" class="num">
            Reached
          </th>
          <th scope="col" class="num">
            Not reached
          </th>
          <th scope="col" class="grow">
            of all planned visits
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((reached, at) => {
          const wanted = planned.steps[at] ?? 0;
          const missed = Math.max(0, wanted - reached);
          return (
            <tr key={at}>
              <th scope="row">
                {at + 1} {props.labels[at] ?? ''}
              </th>
              <td class="num dim hide-s">{count(wanted)}</td>
              <td class="num">{count(reached)}</td>
              <td class={`num ${missed === 0 ? 'dim' : ''}`}>{count(missed)}</td>
              <td class="bar" aria-hidden="true">
                <i class="f-accepted" style={width(reached)} />
                <i class={props.isRunning ? 'f-unknown' : 'f-failed'} style={width(missed)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function NoRun({ name, runs }: { readonly name: string; readonly runs: number }) {
  return (
    <Section title="Completion">
      <p class="mid">
        {runs === 0
          ? 'Nothing has run yet.'
          : `None of the newest ${runs === 1 ? 'run' : `${count(runs)} runs`} had a funnel “${name}”.`}{' '}
        Once a run has it, this shows for each step how many visits reached it, and where they left.
      </p>
    </Section>
  );
}
