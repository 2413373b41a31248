import { status, status_at_ms } from '../../api/live.ts';
import { now_ms } from '../../app/clock.ts';
import { count } from '../../format/numbers.ts';
import { Ledger } from '../../parts/ledger.tsx';
import { DayTrack } from './day-track.tsx';
import { Loaders } from './loaders.tsx';
import { reasonsOf } from './reasons.ts';
import { SettingsInForce } from './settings-in-force.tsx';
import { StateHead } from './state-head.tsx';
import { TargetsTable } from './targets-table.tsx';
import { Traffic } from './traffic.tsx';

/** What each loader does, in words, sums and graphs. */
export default function Dashboard() {
  const fleet = status.value;
  if (fleet === null) return <p class="dim">Waiting for the first numbers…</p>;
  const old = now_ms.value - status_at_ms.value > 10_000;
  const { visits } = fleet;
  const about = `${count(visits.planned)} visits, ${count(visits.delivered)} delivered whole.`;
  return (
    <div class={old ? 'stale' : ''}>
      <StateHead fleet={fleet} />
      {fleet.today !== null && <DayTrack fleet={fleet} today={fleet.today} />}
      <Ledger hits={fleet.hits} about={about} reasons={reasonsOf(fleet)} />
      <div class="cols">
        <Traffic fleet={fleet} />
        <aside>
          <TargetsTable fleet={fleet} />
          <SettingsInForce fleet={fleet} />
          <Loaders fleet={fleet} />
        </aside>
      </div>
    </div>
  );
}
