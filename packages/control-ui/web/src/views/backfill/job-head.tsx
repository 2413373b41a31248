import type { BackfillReport } from '@trafficinator/contract';
import type { BackfillJob } from '@trafficinator/contract/rest';
import { post } from '../../api/client.ts';
import { runs_changed } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { now_ms } from '../../app/clock.ts';
import { dayOf } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';
import { momentThere, timeThere } from '../../format/site-times.ts';
import { spanOf } from '../../format/times.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { siteZone } from '../../parts/site-zone.tsx';
import { toast } from '../../parts/toast.tsx';
import { nameOfJob, stateOfJob } from './jobs.ts';
import { agreesWith, comparisonsOf } from './reconciliations.ts';

const order = async (verb: 'cancel' | 'resume' | 'abandon', id: string): Promise<void> => {
  const { message } = await post<{ message: string }>(`/api/backfill/${verb}`, { id });
  runs_changed.value += 1;
  toast(message);
};

/** The state in a word and a sentence, with what can be done now. */
export function JobHead({ job }: { readonly job: BackfillJob }) {
  const { report } = job;
  const state = stateOfJob(job.state);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const runs = job.state === 'running' || job.state === 'starting';
  const pause = () =>
    confirm({
      title: `Pause backfill ${nameOfJob(job)}?`,
      effects:
        'It waits for the answers under way and sends nothing more. Resume goes on where it was; no visit is sent twice.',
      verb: 'Pause',
      busy: 'Pausing…',
      act: () => order('cancel', job.id),
    });
  const resume = () =>
    confirm({
      title: `Resume backfill ${nameOfJob(job)}?`,
      effects: `It sends the ${report === null ? '' : `${count(report.visits.remaining)} `}visits that are left. No visit is sent twice.`,
      verb: 'Resume',
      busy: 'Resuming…',
      act: () => order('resume', job.id),
    });
  const left =
    report === null
      ? ''
      : `The ${count(report.visits.remaining)} visits that are left are not sent. `;
  const cancel = () =>
    confirm({
      title: `Cancel backfill ${nameOfJob(job)}?`,
      effects: `${runs ? 'It waits for the answers under way and ends. ' : ''}${left}It cannot go on afterwards. What was sent stays in Matomo and can still be reconciled.`,
      verb: 'Cancel the backfill',
      busy: 'Ending it…',
      danger: true,
      act: () => order('abandon', job.id),
    });
  return (
    <section class="state" aria-label="State">
      <div class="who">
        <p class="word">
          <Glyph name={state.glyph} tone={state.tone} />
          {wordOf(job)}
        </p>
        <p class="say" role="status">
          {sentenceOf(job, now_ms.value)}
        </p>
      </div>
      <div class="do">
        {report !== null && (
          <button
            type="button"
            class="btn"
            onClick={() =>
              saveFile(
                `trafficinator-${job.id}.json`,
                'application/json',
                `${JSON.stringify({ ...job, reconciled: comparisonsOf(job) }, null, 2)}\n`,
              )
            }
          >
            Download JSON
          </button>
        )}
        {may && runs && (
          <button type="button" class="btn" onClick={pause}>
            Pause…
          </button>
        )}
        {may && job.can_resume && (
          <button type="button" class="btn primary" onClick={resume}>
            Resume…
          </button>
        )}
        {may && (runs || job.can_resume) && (
          <button type="button" class="btn danger" onClick={cancel}>
            Cancel…
          </button>
        )}
      </div>
    </section>
  );
}

function wordOf(job: BackfillJob): string {
  const { report, state } = job;
  if (state === 'running' && report !== null) {
    const at = report.days.findIndex((day) => day.visits < day.planned_visits);
    const day = at < 0 ? report.days.length : at + 1;
    return `Sending day ${count(day)} of ${count(report.days.length)}`;
  }
  const agrees = agreesWith(job);
  if (state === 'stopped' && !job.can_resume) return 'Cancelled';
  if (state !== 'finished' || agrees === null) return stateOfJob(state).word;
  return agrees ? 'Finished, and Matomo agrees' : 'Finished, and Matomo has other numbers';
}

function sentenceOf(job: BackfillJob, now: number): string {
  const { report, state } = job;
  const zone = report?.timezone ?? siteZone();
  const started = `Started ${momentThere(job.started_at, zone)}`;
  if (report === null) return job.reason === null ? `${started}.` : `${job.reason} ${started}.`;
  const { visits } = report;
  switch (state) {
    case 'starting':
    case 'running':
      return runningSentence(report, now);
    case 'stopped':
      return `${count(visits.done)} of ${count(visits.planned)} visits are done. ${
        job.can_resume
          ? `Resume sends the other ${count(visits.remaining)}; no visit is sent twice.`
          : 'It does not go on; what was sent stays in Matomo.'
      }`;
    case 'halted':
    case 'failed':
      return `${job.reason ?? 'It ended early.'} ${count(visits.remaining)} visits are left${
        job.can_resume ? '; mend it, then resume. No visit is sent twice.' : '; it does not go on.'
      }`;
    case 'lost':
      return `${job.reason ?? 'It vanished.'} ${count(visits.done)} visits were done when it was last seen.`;
    case 'finished': {
      const ended = report.ended_at ?? job.finished_at ?? report.updated_at;
      const seconds = (Date.parse(ended) - Date.parse(report.started_at)) / 1000;
      return `${count(visits.done)} visits on ${count(report.days.length)} days, sent in ${spanOf(seconds)}, ended ${momentThere(ended, zone)}.`;
    }
  }
}

function runningSentence(
  { days, rate, eta_seconds, timezone }: BackfillReport,
  now: number,
): string {
  const day = days.find((each) => each.visits > 0 && each.visits < each.planned_visits);
  const part =
    day === undefined
      ? ''
      : `${dayOf(day.date)} is ${Math.floor((100 * day.visits) / day.planned_visits)} % sent. `;
  const speed = `${count(rate.hits_per_second)} hits/s`;
  if (eta_seconds === null) return `${part}${speed}; when it ends is not known yet.`;
  return `${part}At ${speed} it ends at about ${timeThere(now + eta_seconds * 1000, timezone)}, in ${spanOf(eta_seconds)}.`;
}
