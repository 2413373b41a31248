import { status, status_at_ms } from '../../api/live.ts';
import { now_ms } from '../../app/clock.ts';
import { count } from '../../format/numbers.ts';
import { Ledger } from '../../parts/ledger.tsx';
import { Advice } from './advice.tsx';
import { BeforeStart } from './before-start.tsx';
import { DayTrack } from './day-track.tsx';
import { Happened } from './happened.tsx';
import { LastRun } from './last-run.tsx';
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
  const unseen = fleet.state === 'unreachable' || fleet.state === 'unknown';
  const old = unseen || now_ms.value - status_at_ms.value > 10_000;
  const rests = fleet.loaders.every((each) => each.process !== 'running');
  const { visits } = fleet;
  const about =
    visits.planned === 0
      ? 'Counting begins with the first visit.'
      : `${count(visits.planned)} visits, ${count(visits.delivered)} delivered whole.`;
  return (
    <div class={old ? 'stale' : ''}>
      <StateHead fleet={fleet} />
      <Advice fleet={fleet} />
      {fleet.today !== null && <DayTrack fleet={fleet} today={fleet.today} />}
      <Ledger hits={fleet.hits} about={about} reasons={reasonsOf(fleet)} />
      <div class="cols">
        <div>
          {rests && <BeforeStart fleet={fleet} />}
          <Traffic fleet={fleet} />
        </div>
        <aside>
          <TargetsTable fleet={fleet} />
          {rests && <LastRun fleet={fleet} />}
          <SettingsInForce fleet={fleet} />
          <Loaders fleet={fleet} />
          <Happened fleet={fleet} />
        </aside>
      </div>
    </div>
  );
}
