import type { FleetStatus } from '@trafficinator/contract/rest';
import { post } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { now_ms } from '../../app/clock.ts';
import { rate } from '../../format/numbers.ts';
import { momentOf, spanOf, timeOf } from '../../format/times.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { stateWords, toneOf } from '../../parts/states.ts';
import { toast } from '../../parts/toast.tsx';

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
  const inFlight = fleet.visits.in_flight;
  return (
    <section aria-label="State" class="state">
      <div class="who">
        <p class="word">
          <Glyph name={fleet.state} tone={toneOf(fleet.state)} />
          {stateWords[fleet.state]}
        </p>
        <p class="say" role="status">
          {sentence(fleet)}
        </p>
      </div>
      {may && (
        <div class="do">
          {!runs && (
            <button
              type="button"
              class="btn primary"
              onClick={() =>
                confirm({
                  title: 'Start the loader?',
                  effects: `It sends visits to ${targetOf(fleet)} with the saved settings. It goes on with the last run where it can.`,
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
                    effects: `It ends the ${inFlight} visits under way, then starts with the saved settings. No visit is sent twice.`,
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
                    effects: `It ends the ${inFlight} visits under way (at most ${drain(fleet)} s) and sends nothing more.`,
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

const targetOf = (fleet: FleetStatus): string => String(fleet.settings.matomo_url ?? 'its targets');
const drain = (fleet: FleetStatus): number => Number(fleet.settings.drain_seconds ?? 30);

function sentence(fleet: FleetStatus): string {
  const since = `Since ${momentOf(fleet.since)}`;
  if (fleet.state === 'running') {
    const perSecond = rate(fleet.rate.achieved_per_day / 86_400);
    return `${since}. Sending ${perSecond} visits/s, about ${rate(fleet.rate.hits_per_second)} hits/s.`;
  }
  if (fleet.state === 'paused' && fleet.resumes_at !== null) {
    const left = (Date.parse(fleet.resumes_at) - now_ms.value) / 1000;
    return `${fleet.sentence} It continues at ${timeOf(fleet.resumes_at)}, in ${spanOf(left)}.`;
  }
  return `${fleet.sentence} ${since}.`;
}
