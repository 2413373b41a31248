import type { FleetStatus } from '@trafficinator/contract/rest';
import { now_ms } from '../../app/clock.ts';
import { count, share } from '../../format/numbers.ts';
import { nextMidnight, timeThere } from '../../format/site-times.ts';
import { spanOf } from '../../format/times.ts';
import { siteZone } from '../../parts/site-zone.tsx';

/** Today's visits against target and cap; the right end is the larger of the two. */
export function DayTrack(props: {
  readonly fleet: FleetStatus;
  readonly today: NonNullable<FleetStatus['today']>;
}) {
  const { visits, target, cap } = props.today;
  const midnight = nextMidnight(siteZone(), now_ms.value);
  const end = Math.max(target, cap, visits, 1);
  const at = (value: number) => ({ left: `${(100 * value) / end}%` });
  return (
    <div class="day">
      <div class="track" role="img" aria-label={`${count(visits)} visits begun today`}>
        <i style={{ width: `${(100 * visits) / end}%` }} />
        {cap > 0 && target < cap && <span class="tick" style={at(target)} />}
        <span class="lim" />
      </div>
      <p class="say">
        <span>
          <b>{count(visits)} visits</b> begun today
        </span>
        <span>
          <i class="tk" />
          target {count(target)} a day ({share(visits, target)})
        </span>
        {cap > 0 && (
          <span>
            <i class="tk end" />
            cap {count(cap)}
          </span>
        )}
        <span class="sp" />
        <span>
          the site’s day ends in {spanOf((midnight - now_ms.value) / 1000)}, at{' '}
          {timeThere(midnight, siteZone())}
        </span>
      </p>
    </div>
  );
}
