import type { BackfillJob } from '@trafficinator/contract/rest';
import type { ComponentChildren } from 'preact';
import { count, mebibytes } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { Section } from '../../parts/section.tsx';
import type { Forecast } from './forecast.ts';
import type { Form } from './form.ts';
import { nameOfJob, speedOf } from './jobs.ts';

/** What the window would send, how long that takes, and what Matomo needs afterwards. */
export function Estimate(props: {
  readonly form: Form;
  readonly forecast: Forecast | null;
  readonly asking: boolean;
  readonly jobs: readonly BackfillJob[];
  readonly site: number;
}) {
  const { form, forecast, asking } = props;
  return (
    <Section
      first
      title="Estimate"
      meta={asking ? 'planning…' : 'counted in the plan; nothing is sent'}
    >
      {forecast === null ? (
        <p class="dim" role="status">
          {asking ? 'The loader plans the window…' : 'There is no plan for this window yet.'}
        </p>
      ) : (
        <div class={asking ? 'old' : ''}>
          <Numbers {...props} forecast={forecast} />
          <p class="small dim list-foot">{aboutSeed(form, forecast)}</p>
          <Afterwards form={form} days={forecast.days} site={props.site} />
        </div>
      )}
    </Section>
  );
}

function Numbers(props: {
  readonly form: Form;
  readonly forecast: Forecast;
  readonly jobs: readonly BackfillJob[];
}) {
  const { forecast, form } = props;
  const [bytes, unit] = mebibytes(forecast.bytes);
  const speed = expectedSpeed(props.jobs, form);
  return (
    <table class="tbl estimate">
      <tbody>
        <Row title="Site-days" value={count(forecast.days)} unit="days" />
        <Row title="Visits" value={count(forecast.visits)} unit="visits" />
        <Row title="Hits" value={count(forecast.hits)} unit="hits" />
        <Row title="Sent to Matomo, about" value={bytes} unit={unit} />
        <Row
          title={forecast.bulk_size === null ? 'One by one' : `Batches of ${forecast.bulk_size}`}
          value={count(forecast.requests)}
          unit="requests"
        />
        {forecast.targets > 1 && (
          <Row title="Targets" value={count(forecast.targets)} unit="targets" />
        )}
        <Row
          title={speed === null ? 'Sending' : `Sending, at ${count(speed.per_second)} hits/s`}
          value={speed === null ? 'not known yet' : spanOf(forecast.hits / speed.per_second)}
          unit=""
        />
      </tbody>
      <caption class="small dim">{speed?.from ?? unknownSpeed}</caption>
    </table>
  );
}

function Row(props: {
  readonly title: string;
  readonly value: ComponentChildren;
  readonly unit: string;
}) {
  return (
    <tr>
      <th scope="row">{props.title}</th>
      <td class="num">
        {props.value} <span class="u">{props.unit}</span>
      </td>
    </tr>
  );
}

const unknownSpeed =
  'How fast this Matomo takes hits is not known before the first backfill; its progress tells.';

/** As fast as the last finished backfill, but not above the limit. */
function expectedSpeed(
  jobs: readonly BackfillJob[],
  { values }: Form,
): { readonly per_second: number; readonly from: string } | null {
  const limit = Number(values.backfill_hits_per_second.replaceAll(',', '')) || null;
  const job = jobs.find((each) => speedOf(each) !== null);
  const seen = job === undefined ? null : speedOf(job);
  if (limit !== null && (seen === null || limit < seen)) {
    return { per_second: limit, from: 'The speed is the limit that you set.' };
  }
  if (job === undefined || seen === null || seen <= 0) return null;
  return { per_second: seen, from: `The speed is that of backfill ${nameOfJob(job)}.` };
}

function aboutSeed({ values }: Form, { seed }: Forecast): string {
  if (values.backfill_seed.trim() !== '') {
    return `The counts are exact: the same seed (${seed}) and window give the same visits, to the byte.`;
  }
  return `Counted with seed ${seed}. Without a seed one is drawn at the start unless SEED is set, and the counts differ a little; write ${seed} as the seed and they are exact.`;
}

function Afterwards(props: { readonly form: Form; readonly days: number; readonly site: number }) {
  const { form, days, site } = props;
  return (
    <>
      <h3 class="after">Afterwards in Matomo</h3>
      <p class="small mid">
        Matomo archives {count(days)} {days === 1 ? 'day' : 'days'} anew, and the weeks, months and
        years they are in. With browser archiving a report is made when it is first opened; to make
        them at once:
      </p>
      <p class="mono small break cmd">
        ./console core:archive --force-idsites={site} --force-date-range={form.from},{form.to}
      </p>
    </>
  );
}
