import type { FleetStatus, RunRecord } from '@trafficinator/contract/rest';
import { post } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { now_ms } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { count } from '../../format/numbers.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { toneOf } from '../../parts/states.ts';
import { toast } from '../../parts/toast.tsx';
import { drainOf, sentenceOf, targetsText, wordOf } from './state-words.ts';

interface Result {
  readonly message: string;
}

const done = async (path: string, body?: unknown): Promise<void> => {
  toast((await post<Result>(path, body)).message);
};

/** The state in a word and a sentence, with what can be done now. */
export function StateHead({ fleet }: { readonly fleet: FleetStatus }) {
  const runs = fleet.loaders.some((each) => each.process === 'running');
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const visits = fleet.visits.in_flight;
  const inFlight = `${count(visits)} ${visits === 1 ? 'visit' : 'visits'}`;
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
          {!runs && (
            <button
              type="button"
              class="btn primary"
              onClick={() =>
                confirm({
                  title: 'Start the loader?',
                  effects: `It sends visits to ${targetsText(fleet)} with the saved settings. It goes on with the last run where it can.`,
                  verb: 'Start',
                  busy: 'Starting…',
                  act: () => done('/api/start', {}),
                })
              }
            >
              Start…
            </button>
          )}
          {runs && (
            <>
              <button
                type="button"
                class="btn"
                onClick={() =>
                  confirm({
                    title: 'Restart the loader?',
                    effects: `It ends the ${inFlight} under way, then starts with the saved settings. No visit is sent twice.`,
                    verb: 'Restart',
                    busy: 'Restarting…',
                    act: () => done('/api/restart', {}),
                  })
                }
              >
                Restart…
              </button>
              <button
                type="button"
                class="btn danger"
                onClick={() =>
                  confirm({
                    title: 'Stop the loader?',
                    effects: `It ends the ${inFlight} under way (at most ${drainOf(fleet)} s) and sends nothing more.`,
                    verb: 'Stop',
                    busy: 'Stopping…',
                    danger: true,
                    act: () => done('/api/stop'),
                  })
                }
              >
                Stop…
              </button>
            </>
          )}
        </div>
      )}
    </section>
  );
}
