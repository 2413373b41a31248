import type { BackfillJob } from '@trafficinator/contract/rest';
import { post } from '../../api/client.ts';
import { runs_changed } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { go, setQuery } from '../../app/router.ts';
import { dayRange } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Note } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { toast } from '../../parts/toast.tsx';
import type { Forecast } from './forecast.ts';
import type { Form } from './form.ts';
import type { Jobs } from './jobs.ts';

/** From so many hits on the host has to be typed: they cannot be taken back. */
const large_hits = 100_000;

/** Starts what was planned, after it was said what that does. */
export function Start(props: {
  readonly config: Readonly<Record<string, unknown>>;
  readonly form: Form;
  readonly forecast: Forecast | null;
  readonly host: string;
  readonly jobs: Jobs | null;
  readonly name: string;
  /** The plan could not be made. */
  readonly failed: boolean;
}) {
  const { config, form, forecast, host, jobs } = props;
  const name = props.name.trim();
  const isOperator = session.value.state === 'in' && session.value.role === 'operator';
  if (!isOperator) {
    return (
      <Section title="Start">
        <p class="mid">Your key may look at plans. An operator’s key can start a backfill.</p>
      </Section>
    );
  }
  const full = jobs !== null && jobs.running >= jobs.limit;
  const ask = () => {
    if (forecast === null) return;
    confirm({
      title: `Send ${count(forecast.visits)} visits into ${dayRange(form.from, form.to)}?`,
      effects: `${count(forecast.hits)} hits go to ${host}. It can be paused and goes on without sending anything twice, but visits in Matomo cannot be taken back one by one.`,
      verb: 'Send',
      busy: 'Starting…',
      ...(forecast.hits > large_hits && { typed: host }),
      act: async () => {
        const { message, job } = await post<{ message: string; job: BackfillJob }>(
          '/api/backfill/run',
          { config, ...(name !== '' && { name }) },
        );
        runs_changed.value += 1;
        go(`/backfill/${job.id}`);
        toast(message);
      },
    });
  };
  return (
    <Section title="Start">
      {forecast !== null && forecast.hits > large_hits && (
        <Note kind="warn">
          More than {count(large_hits)} hits: the host has to be typed to confirm.
        </Note>
      )}
      <label class="lbl start-name">
        Name, for people
        <input
          class="in"
          value={props.name}
          maxLength={100}
          autocomplete="off"
          onInput={(event) => setQuery({ name: event.currentTarget.value || null })}
        />
      </label>
      <p class="row list-foot">
        <button
          type="button"
          class="btn primary"
          disabled={forecast === null || forecast.visits === 0 || full}
          onClick={ask}
        >
          {forecast === null ? 'Send…' : `Send ${count(forecast.visits)} visits…`}
        </button>
      </p>
      <p class="small dim">{whyNot(forecast, full, props.failed, jobs)}</p>
    </Section>
  );
}

function whyNot(
  forecast: Forecast | null,
  full: boolean,
  failed: boolean,
  jobs: Jobs | null,
): string {
  if (full) return `${jobs?.running} backfills run already, and more are not allowed at once.`;
  if (forecast === null)
    return failed
      ? 'Possible when what is wrong above is mended.'
      : 'Possible as soon as the plan is counted.';
  return forecast.visits === 0 ? 'There is nothing to send: the plan has no visits.' : '';
}
