import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { get } from '../../api/client.ts';
import { leaveFirstSteps } from '../../app/first-visit.ts';
import { place, setQuery } from '../../app/router.ts';
import { ConfirmDialog } from '../../parts/confirm.tsx';
import { Mark } from '../../parts/glyph.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Toasts } from '../../parts/toast.tsx';
import { AddressStep } from './address-step.tsx';
import { AnswerStep } from './answer-step.tsx';
import { StandIn } from './stand-in.tsx';
import { Step } from './step.tsx';
import { VolumeStep } from './volume-step.tsx';

interface Saved {
  readonly values: Readonly<Record<string, unknown>>;
}

/** Address, answer, volume: three steps to the first traffic. */
export default function FirstSteps() {
  const saved = useAsked('settings', (signal) => get<Saved>('/api/settings', signal));
  const [answered, setAnswered] = useState(false);
  if (saved.value === null) {
    return (
      <main class="page-first steps">
        {saved.error === null ? <p class="dim">Loading…</p> : <ProblemNote error={saved.error} />}
      </main>
    );
  }
  const { values } = saved.value;
  const several = values.targets !== undefined;
  const has = several || typeof values.matomo_url === 'string';
  const asked = Number(place.value.query.get('step') ?? (has ? 2 : 1));
  const now = has ? asked : 1;
  const to = (step: number) => setQuery({ step: String(step) });
  return (
    <>
      <main class="page-first steps" id="main">
        <p class="row between">
          <span class="brand">
            <Mark />
            Trafficinator
          </span>
          <button type="button" class="link" onClick={leaveFirstSteps}>
            Open the panel without
          </button>
        </p>
        <h1>Three steps to the first traffic</h1>
        <p class="mid lead">
          Nothing is sent before you test the connection (one marked visit) or press Start.
        </p>
        {!has && (
          <StandIn
            onDone={() => {
              saved.again();
              setAnswered(false);
              to(2);
            }}
          />
        )}
        <ol class="stepper">
          <Step no={1} now={now} title="Where is your Matomo?" onChange={() => to(1)}>
            {now === 1 ? (
              <AddressStep
                values={values}
                onDone={() => {
                  saved.again();
                  setAnswered(false);
                  to(2);
                }}
              />
            ) : (
              <p class="mid">{several ? 'Several targets' : placeOf(values)}</p>
            )}
          </Step>
          <Step no={2} now={now} title="Does it answer?" onChange={() => to(2)}>
            {now === 2 && <AnswerStep onDone={() => to(3)} onAnswered={() => setAnswered(true)} />}
            {now === 3 && (
              <p class="mid">{answered ? 'It took the marked visit.' : 'Not tested here.'}</p>
            )}
          </Step>
          <Step no={3} now={now} title="How much traffic?">
            {now === 3 && (
              <VolumeStep target={several ? 'the targets' : String(values.matomo_url)} />
            )}
          </Step>
        </ol>
      </main>
      <ConfirmDialog />
      <Toasts />
    </>
  );
}

const placeOf = (values: Saved['values']): string =>
  `${values.matomo_url}, site ${values.matomo_site_id ?? 1}, ${
    values.matomo_token_auth === undefined ? 'without a token' : 'with a token'
  }`;
