import { Problem } from '../../api/client.ts';
import { now_ms } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { place, setQuery } from '../../app/router.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';
import { Estimate } from './estimate.tsx';
import { useForecast } from './forecast.ts';
import {
  configOf,
  dateIn,
  fieldNames,
  fields,
  formOf,
  mistakesElsewhere,
  mistakesOf,
} from './form.ts';
import { JobTable } from './job-table.tsx';
import { useJobs } from './jobs.ts';
import { NumberField, type SettingFace } from './number-field.tsx';
import { Start } from './start.tsx';
import { Window } from './window.tsx';

interface SettingsAnswer {
  readonly list: Readonly<Record<string, SettingFace>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Choose a window, see what it would send, and start. */
export function BackfillPlanner() {
  const { value: settings, error } = useLoaded<SettingsAnswer>('/api/settings');
  if (settings === null) {
    return error === null ? (
      <p class="dim">Reading the settings…</p>
    ) : (
      <ProblemNote error={error} />
    );
  }
  return <Planner settings={settings} />;
}

function Planner({ settings }: { readonly settings: SettingsAnswer }) {
  const inForce = (name: string) => settings.values[name] ?? settings.list[name]?.default ?? null;
  const zone = String(inForce('timezone') ?? 'UTC');
  const today = dateIn(zone, now_ms.value);
  const form = formOf(today);
  const config = configOf(form);
  const { forecast, error, asking } = useForecast(config);
  const { value: jobs, error: jobsError } = useJobs();
  const errors = error instanceof Problem ? error.details.errors : [];
  const elsewhere = mistakesElsewhere(errors);
  const host = hostOf(String(inForce('matomo_url') ?? ''));
  return (
    <>
      <div class="cols plan">
        <div>
          <Window
            form={form}
            today={today}
            zone={zone}
            jobs={jobs?.runs ?? []}
            errors={[
              ...mistakesOf(errors, 'backfill_start_date'),
              ...mistakesOf(errors, 'backfill_end_date'),
            ]}
          />
          <Section title="Volume and pace">
            {fieldNames.map((name) => (
              <NumberField
                key={name}
                name={name}
                face={settings.list[name] ?? null}
                saved={settings.values[name]}
                text={form.values[name]}
                errors={mistakesOf(errors, name)}
                onChange={(text) => setQuery({ [fields[name]]: text === '' ? null : text })}
              />
            ))}
          </Section>
        </div>
        <aside>
          {elsewhere.length > 0 && (
            <Note
              kind="bad"
              act={
                <a class="btn" href="/settings">
                  Settings
                </a>
              }
            >
              {elsewhere.map(({ code, message, remedy }) => (
                <p key={code}>
                  {message} {remedy}
                </p>
              ))}
            </Note>
          )}
          {error !== null && errors.length === 0 && <ProblemNote error={error} />}
          <Estimate
            form={form}
            forecast={forecast}
            asking={asking}
            jobs={jobs?.runs ?? []}
            site={Number(inForce('matomo_site_id'))}
          />
          <Start
            config={config}
            form={form}
            forecast={asking ? null : forecast}
            host={host}
            failed={error !== null}
            jobs={jobs}
            name={place.value.query.get('name') ?? ''}
          />
        </aside>
      </div>
      <ProblemNote error={jobsError} />
      {jobs !== null && <JobTable jobs={jobs} />}
    </>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'the targets';
  }
}
