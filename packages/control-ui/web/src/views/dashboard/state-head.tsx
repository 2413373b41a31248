import type { FleetStatus, RunRecord } from '@trafficinator/contract/rest';
import { session } from '../../api/session.ts';
import { now_ms } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { loaderActs } from '../../app/loader-acts.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { toneOf } from '../../parts/states.ts';
import { sentenceOf, wordOf } from './state-words.ts';

/** The state in a word and a sentence, with what can be done now. */
export function StateHead({ fleet }: { readonly fleet: FleetStatus }) {
  const { start, stop, restart } = loaderActs();
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const isOver = fleet.state === 'failed' || fleet.state === 'finished';
  const last = useLoaded<RunRecord>(
    isOver && fleet.run_id !== null ? `/api/runs/${fleet.run_id}` : null,
    fleet.since,
  );
  return (
    <section aria-label="State" class="state">
      <div class="who">
        <p class="word">
          <Glyph name={fleet.state} tone={toneOf(fleet.state)} />
          {wordOf(fleet)}
        </p>
        <p class="say" role="status">
          {sentenceOf(fleet, now_ms.value, last.value?.reason ?? null)}
        </p>
      </div>
      {may && (
        <div class="do">
          {fleet.state === 'paused' && (
            <a class="btn" href="/settings?q=max_visits_per_day">
              Change the cap
            </a>
          )}
          {start !== null && (
            <button type="button" class="btn primary" onClick={start}>
              Start…
            </button>
          )}
          {restart !== null && (
            <button type="button" class="btn" onClick={restart}>
              Restart…
            </button>
          )}
          {stop !== null && (
            <button type="button" class="btn danger" onClick={stop}>
              Stop…
            </button>
          )}
        </div>
      )}
    </section>
  );
}
