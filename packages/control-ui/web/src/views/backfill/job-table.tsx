import { post } from '../../api/client.ts';
import { runs_changed } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { dayRange } from '../../format/days.ts';
import { count, share } from '../../format/numbers.ts';
import { momentShort, zoneName } from '../../format/times.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Section } from '../../parts/section.tsx';
import { ZoneNote } from '../../parts/site-zone.tsx';
import { useRowKeys } from '../../parts/step-row.ts';
import { toast } from '../../parts/toast.tsx';
import { type Jobs, nameOfJob, stateOfJob } from './jobs.ts';

/** Every backfill there was. */
export function JobTable({ jobs }: { readonly jobs: Jobs }) {
  useRowKeys();
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const ended = jobs.runs.filter(({ finished_at }) => finished_at !== null).length;
  const cleanUp = () =>
    confirm({
      title: 'Remove the files of ended backfills?',
      effects:
        'Those that are paused or halted cannot go on afterwards, and none of them can be reconciled any more. The records of their runs stay.',
      verb: 'Remove the files',
      busy: 'Removing…',
      danger: true,
      act: async () => {
        toast((await post<{ message: string }>('/api/backfill/cleanup')).message);
        runs_changed.value += 1;
      },
    });
  return (
    <Section
      title="Backfills"
      meta={`${count(jobs.running)} of at most ${count(jobs.limit)} running`}
      act={
        may && ended > 0 ? (
          <button type="button" class="btn quiet" onClick={cleanUp}>
            Clean up…
          </button>
        ) : undefined
      }
    >
      {jobs.runs.length === 0 ? (
        <p class="mid">
          None yet. A backfill gives a new Matomo a past: days of visits, as if they had always been
          there.
        </p>
      ) : (
        <Scroll label="Backfills">
          <table class="tbl rows">
            <thead>
              <tr>
                <th>Backfill</th>
                <th>State</th>
                <th>Window</th>
                <th class="num">Visits</th>
                <th class="num">Hits</th>
                <th class="num">Accepted</th>
                <th>Started, {zoneName()}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.runs.map((job) => (
                <Row key={job.id} job={job} />
              ))}
            </tbody>
          </table>
          <p class="small dim list-foot">
            <ZoneNote />
          </p>
        </Scroll>
      )}
    </Section>
  );
}

function Row({ job }: { readonly job: Jobs['runs'][number] }) {
  const { report } = job;
  const state = stateOfJob(job.state);
  return (
    <tr>
      <td>
        <a class="cell-link" href={`/backfill/${job.id}`}>
          {nameOfJob(job)}
        </a>
      </td>
      <td class="nowrap" title={job.reason ?? undefined}>
        <Glyph name={state.glyph} tone={state.tone} /> {state.word}
      </td>
      {report === null ? (
        <td class="dim" colSpan={4}>
          no numbers told
        </td>
      ) : (
        <>
          <td class="mid">{dayRange(report.window.first_day, report.window.last_day)}</td>
          <td class="num">
            {count(report.visits.done)} <span class="u">of {count(report.visits.planned)}</span>
          </td>
          <td class="num">{count(report.hits.done)}</td>
          <td class="num">{share(report.hits.accepted, report.hits.done)}</td>
        </>
      )}
      <td class="mid">{momentShort(job.started_at)}</td>
    </tr>
  );
}
