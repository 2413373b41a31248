import type { FleetStatus } from '@trafficinator/contract/rest';
import { now_ms } from '../../app/clock.ts';
import { loaderActs } from '../../app/loader-acts.ts';
import { rate } from '../../format/numbers.ts';
import { momentThere, timeThere } from '../../format/site-times.ts';
import { spanOf } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { siteZone } from '../../parts/site-zone.tsx';
import { stateWords, toneOf } from '../../parts/states.ts';

/** The state in a word and a sentence, with what can be done now. */
export function StateHead({ fleet }: { readonly fleet: FleetStatus }) {
  const { start, stop, restart } = loaderActs();
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
      <div class="do">
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
    </section>
  );
}

function sentence(fleet: FleetStatus): string {
  const since = `Since ${momentThere(fleet.since, siteZone())}`;
  if (fleet.state === 'running') {
    const perSecond = rate(fleet.rate.achieved_per_day / 86_400);
    return `${since}. Sending ${perSecond} visits/s, about ${rate(fleet.rate.hits_per_second)} hits/s.`;
  }
  if (fleet.state === 'paused' && fleet.resumes_at !== null) {
    const left = (Date.parse(fleet.resumes_at) - now_ms.value) / 1000;
    return `${fleet.sentence} It continues at ${timeThere(fleet.resumes_at, siteZone())}, in ${spanOf(left)}.`;
  }
  return `${fleet.sentence} ${since}.`;
}
