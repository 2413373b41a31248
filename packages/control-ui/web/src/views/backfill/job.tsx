import type { BackfillJob } from '@trafficinator/contract/rest';
import { runs_changed } from '../../api/live.ts';
import { tenSeconds } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { dayRange } from '../../format/days.ts';
import { count, share } from '../../format/numbers.ts';
import { Ledger } from '../../parts/ledger.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Graphs } from '../../parts/plots/graphs.tsx';
import type { Point } from '../../parts/plots/points.ts';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { DayStrip } from './day-strip.tsx';
import { DayTable } from './day-table.tsx';
import { JobHead } from './job-head.tsx';
import { nameOfJob, useJobs } from './jobs.ts';
import { NextSteps } from './next-steps.tsx';
import { Reconciled } from './reconciled.tsx';
import { TargetParts } from './target-parts.tsx';

/** One backfill: how far it is, what became of each day, and whether Matomo has it. */
export function BackfillJobPage({ id }: { readonly id: string }) {
  const { value: jobs, error } = useJobs();
  const job = jobs?.runs.find((each) => each.id === id) ?? null;
  return (
    <>
      <p class="small crumbs">
        <a href="/backfill">Backfill</a> <span class="dim">/</span>{' '}
        {job === null ? id : nameOfJob(job)}
      </p>
      <ProblemNote error={error} />
      {job === null ? (
        jobs === null ? (
          error === null && <p class="dim">Reading the backfill…</p>
        ) : (
          <Note kind="bad">There is no backfill {id}. The list of all is one page up.</Note>
        )
      ) : (
        <Job job={job} />
      )}
    </>
  );
}

function Job({ job }: { readonly job: BackfillJob }) {
  const { report } = job;
  if (report === null) {
    return (
      <>
        <JobHead job={job} />
        <p class="dim list-foot">
          {job.finished_at === null
            ? 'It asks Matomo about the site and plans the window; numbers come in a moment.'
            : 'It told no numbers before it ended.'}
        </p>
      </>
    );
  }
  const { hits, visits, window, days } = report;
  const unknown = days.filter((day) => day.unknown > 0).length;
  const isOver = visits.remaining === 0;
  return (
    <>
      <JobHead job={job} />
      <div class="day">
        <DayStrip days={days} />
        <p class="say">
          <span>
            <b>
              {count(visits.done)} of {count(visits.planned)} visits
            </b>{' '}
            ({share(visits.done, visits.planned)})
          </span>
          <span>{dayRange(window.first_day, window.last_day)}</span>
          {unknown > 0 && (
            <span>
              {count(unknown)} {unknown === 1 ? 'day has' : 'days have'} unknown hits
            </span>
          )}
          <span class="sp" />
          <span>
            {job.targets.length > 1
              ? `${count(job.targets.length)} targets`
              : `Site ${report.target.site_id} at ${new URL(report.target.url).host}`}
            , {report.timezone}
          </span>
        </p>
      </div>
      <Ledger
        hits={{ ...hits, planned: hits.done, dropped: 0, pending: 0 }}
        about={`${isOver ? 'All' : 'So far, of'} ${count(visits.planned)} visits.`}
      />
      {report.notices.length > 0 && (
        <Section title="To know">
          {report.notices.map((notice) => (
            <p key={notice} class="mid">
              {notice}
            </p>
          ))}
        </Section>
      )}
      {job.targets.length > 0 && <TargetParts targets={job.targets} />}
      <Reconciled job={job} />
      <Speed job={job} />
      <DayTable days={days} />
      <Reasons reasons={report.reasons} />
      {job.targets.length === 0 ? (
        <NextSteps steps={report.next_steps} />
      ) : (
        job.targets.map(({ name, report: own }) => (
          <NextSteps key={name} target={name} steps={own?.next_steps ?? []} />
        ))
      )}
    </>
  );
}

/** Hits per second of the process that runs or ran last. */
function Speed({ job }: { readonly job: BackfillJob }) {
  const { value } = useLoaded<{ points: readonly Point[] }>(
    `/api/runs/${job.run_id}/series?points=600`,
    `${runs_changed.value} ${tenSeconds(job.finished_at === null)}`,
  );
  const points = value?.points ?? [];
  if (points.length < 2) return null;
  return (
    <Section title="Over time" meta="of the process that ran last">
      <Graphs points={points} group={`backfill ${job.id}`} />
    </Section>
  );
}
