import { addDays } from '@trafficinator/contract/calendar-date';
import type { BackfillJob, ProblemDetails } from '@trafficinator/contract/rest';
import { place, setQuery } from '../../app/router.ts';
import { dayOf } from '../../format/days.ts';
import { count } from '../../format/numbers.ts';
import { Section } from '../../parts/section.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Calendar } from './calendar.tsx';
import { daysOf, type Form, isDate } from './form.ts';
import { nameOfJob } from './jobs.ts';
import { Mistakes } from './number-field.tsx';

const quick = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['180', '180 days'],
] as const;

/** The window in site-days: typed, by a quick choice that ends yesterday, or on the calendar. */
export function Window(props: {
  readonly form: Form;
  readonly today: string;
  readonly zone: string;
  readonly jobs: readonly BackfillJob[];
  readonly errors: ProblemDetails['errors'];
}) {
  const { form, today, errors } = props;
  const { from, to } = form;
  const valid = isDate(from) && isDate(to) && from <= to;
  const chosen = quick.find(
    ([days]) => to === addDays(today, -1) && from === addDays(today, -Number(days)),
  );
  const last = place.value.query.get('month') ?? today.slice(0, 7);
  const choose = (first: string, end: string) => setQuery({ from: first, to: end });
  const described = errors.length > 0 ? 'window-error' : undefined;
  const dated = (label: string, value: string, name: 'from' | 'to') => (
    <input
      class="in w"
      placeholder="YYYY-MM-DD"
      autocomplete="off"
      aria-label={label}
      value={value}
      aria-invalid={errors.length > 0}
      aria-describedby={described}
      onChange={(event) => setQuery({ [name]: event.currentTarget.value.trim() || null })}
    />
  );
  return (
    <Section
      first
      title="Window"
      meta={`Days of the site. Today is taken in ${props.zone} until Matomo tells its own zone`}
      act={
        <Segmented
          label="Quick windows, until yesterday"
          options={quick}
          value={chosen?.[0] ?? ('' as '7')}
          onChange={(days) => {
            choose(addDays(today, -Number(days)), addDays(today, -1));
          }}
        />
      }
    >
      <div class="row window-row">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own */}
        <span class="unit" role="group" aria-label="Window">
          from
          {dated('First day', from, 'from')}
          to
          {dated('Last day', to, 'to')}
        </span>
        {valid && (
          <span class="mid">
            <b class="strong">
              {count(daysOf(form))} {from === to ? 'day' : 'days'}
            </b>
            , {dayOf(from)} to {dayOf(to)}
          </span>
        )}
      </div>
      {errors.length > 0 && (
        <div class="field error window-error">
          <Mistakes id="window-error" errors={errors} />
        </div>
      )}
      <Calendar
        from={valid ? from : ''}
        to={valid ? to : ''}
        today={today}
        last={last}
        filledBy={(date) => filledBy(props.jobs, date)}
        onChoose={choose}
        onMove={(month) => setQuery({ month: month >= today.slice(0, 7) ? null : month })}
      />
      <p class="row small dim cal-legend">
        <span>
          <span class="key o-accent wide" /> this window
        </span>
        <span>
          <span class="key o-unknown" /> filled by an earlier backfill
        </span>
        <span>
          <s>24</s> not possible
        </span>
      </p>
    </Section>
  );
}

function filledBy(jobs: readonly BackfillJob[], date: string): string | null {
  const job = jobs.find(({ report }) =>
    report?.days.some((day) => day.date === date && day.visits > 0),
  );
  return job === undefined ? null : nameOfJob(job);
}
