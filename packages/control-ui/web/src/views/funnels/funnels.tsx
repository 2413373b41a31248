import { useEffect, useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.ts';
import { allFunnels, statistics } from '../../api/funnels.ts';
import { runs_changed, status } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { tenSeconds } from '../../app/clock.ts';
import { place } from '../../app/router.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Chosen } from './chosen.tsx';
import { editing, written } from './editing.ts';
import { Journeys } from './journeys/journeys.tsx';
import { isEmpty, journeys, readText } from './journeys/journeys-draft.ts';
import { mistakeCount } from './judge.ts';
import { leftOver } from './list.tsx';
import { NewDialog } from './new-dialog.tsx';
import { savedSettings } from './saved-settings.ts';
import { Side } from './side.tsx';
import { Visits } from './visits.tsx';

type Values = Readonly<Record<string, unknown>>;

/** Exact sequences of steps that a share of the visits takes, and journeys. */
export default function Funnels() {
  const { value: list, error, again } = useAsked('funnels', allFunnels);
  const settings = useAsked('settings', savedSettings);
  const [choosing, setChoosing] = useState(false);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const isRunning = status.value?.state === 'running';
  const ran = useAsked(`${runs_changed.value} ${tenSeconds(isRunning)}`, statistics);
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') again();
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  if (list === null) {
    return error === null ? <p class="dim">Loading…</p> : <ProblemNote error={error} />;
  }
  const values = settings.value?.values ?? null;
  const first = list.items[0];
  const chosen = place.value.rest[0] ?? (first === undefined ? null : String(first.id));
  const common = { list, statistics: ran.value, may, onChanged: again };
  const choose = () => setChoosing(true);
  return (
    <div class="tri">
      <div>
        {[error, ran.error, settings.error].map((each, at) => (
          <ProblemNote key={at} error={each} />
        ))}
        <Side {...common} values={values} chosen={chosen} onNew={choose} />
      </div>
      <div>
        {chosen === 'journeys' ? (
          <Journeys
            may={may}
            settings={settings.value}
            left={leftOver(list.items)}
            onSaved={settings.again}
            round={`${runs_changed.value} ${tenSeconds(isRunning)}`}
          />
        ) : (
          <Chosen {...common} chosen={chosen} onNew={choose} />
        )}
      </div>
      <div>
        {chosen === 'journeys' ? (
          <JourneyVisits values={values} />
        ) : (
          editing.value?.key === chosen && <FunnelVisits values={values} />
        )}
      </div>
      {choosing && <NewDialog onClose={() => setChoosing(false)} />}
    </div>
  );
}

function FunnelVisits({ values }: { readonly values: Values | null }) {
  return (
    <Visits
      asked={mistakeCount.value > 0 ? null : { funnel: written.value }}
      steps={editing.value?.draft.steps.length ?? 0}
      values={values}
    />
  );
}

/** Visits that all follow a journey, whatever share they have. */
function JourneyVisits({ values }: { readonly values: Values | null }) {
  const file = isEmpty.value ? {} : readText.value.file;
  if (journeys.saved.value === null) return null;
  return (
    <Visits
      asked={file === null ? null : { journeys: file, config: { journey_share: 1 } }}
      steps={null}
      values={values}
    />
  );
}
