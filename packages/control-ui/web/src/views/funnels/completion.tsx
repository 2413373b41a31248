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
      <Bars numbers={found} labels={fits ? props.steps.map(labelOf) : []} />
      <p class="small dim bars-foot">
        {count(completions)} of {count(starts)} visits completed it ({share(completions, starts)}).
        Planned: {count(planned.completions)} of {count(planned.starts)} (
        {share(planned.completions, planned.starts)}).{' '}
        {planned.starts > starts &&
          `${count(planned.starts - starts)} planned visits ${isRunning ? 'have not begun it yet, or' : 'did not begin it:'} their first hit was not accepted. `}
        {isEdited &&
          (fits
            ? 'The funnel was saved again since then: the names of the steps are those of now.'
            : `The funnel was changed since then: it had ${found.steps.length} steps.`)}
      </p>
    </Section>
  );
}

const labelOf = ({ fields }: Step): string => stepText(fields)[0] || wordOf(fields);

function Bars({
  numbers,
  labels,
}: {
  readonly numbers: Numbers;
  readonly labels: readonly string[];
}) {
  const { steps, starts } = numbers;
  const lost = steps.map((reached, at) => Math.max(0, (steps[at - 1] ?? starts) - reached));
  const most = Math.max(1, ...lost);
  return (
    <table class="tbl bars">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" class="num">
            Reached
          </th>
          <th scope="col" class="num">
            Left
          </th>
          <th scope="col" class="grow">
            before this step, visits
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((reached, at) => (
          <tr key={at}>
            <th scope="row">
              {at + 1} {labels[at] ?? ''}
            </th>
            <td class="num">{count(reached)}</td>
            <td class={`num ${lost[at] === 0 ? 'dim' : ''}`}>{count(lost[at] ?? 0)}</td>
            <td class="bar">
              {(lost[at] ?? 0) > 0 && (
                <i style={{ width: `${(100 * (lost[at] ?? 0)) / most}%` }} aria-hidden="true" />
              )}
            </td>
          </tr>
        ))}
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
