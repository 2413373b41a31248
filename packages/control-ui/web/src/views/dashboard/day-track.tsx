import type { FleetStatus } from '@trafficinator/contract/rest';
import { now_ms } from '../../app/clock.ts';
import { dayEnd } from '../../format/day-end.ts';
import { count, share } from '../../format/numbers.ts';
import { timeThere } from '../../format/site-times.ts';
import { spanOf } from '../../format/times.ts';
import { siteZone } from '../../parts/site-zone.tsx';

/** Today's visits against target and cap; the right end is the larger of the two. */
export function DayTrack(props: {
  readonly fleet: FleetStatus;
  readonly today: NonNullable<FleetStatus['today']>;
}) {
  const { fleet } = props;
  const { visits, target, cap } = props.today;
  const end = Math.max(target, cap, visits, 1);
  const at = (value: number) => ({ left: `${(100 * value) / end}%` });
  const smaller = cap > 0 ? Math.min(target, cap) : null;
  const zone = siteZone();
  const over_ms = dayEnd(now_ms.value, zone);
  const left = spanOf((over_ms - now_ms.value) / 1000);
  const mark = (value: number) => <i class={`tk ${value < end ? '' : 'end'}`} />;
  const runs = fleet.state === 'running' || fleet.state === 'paused';
  return (
    <div class="day">
      <div class="track" role="img" aria-label={`${count(visits)} visits begun today`}>
        <i style={{ width: `${(100 * visits) / end}%` }} />
        {smaller !== null && smaller < end && <span class="tick" style={at(smaller)} />}
        <span class="lim" />
      </div>
      <p class="say">
        <span>
          <b>{count(visits)} visits</b> begun today
        </span>
        {cap > 0 && (
          <span>
            {mark(cap)}
            cap {count(cap)}
            {visits >= cap ? ', reached' : ` (${share(visits, cap)})`}
          </span>
        )}
        <span>
          {mark(target)}
          target {count(target)} a day ({share(visits, target)})
        </span>
        {runs && (
          <>
            <span class="sp" />
            <span>
              the site’s day ends in {left}, at {timeThere(over_ms, zone)}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
