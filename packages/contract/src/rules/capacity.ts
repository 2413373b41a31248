import { peakDay, peakVisitsPerDay } from '../day-levels.ts';
import type { SettingName, Settings } from '../settings/list.ts';
import { rateOf, shardOf } from '../shard.ts';
import { targetsOf } from '../targets.ts';
import { finding, type Rule } from './rule.ts';

/** A usual time until Matomo has answered one hit. */
const answerSeconds = 0.1;

const mean = (a: number, b: number): number => (a + b) / 2;
const pageViews = (s: Settings): number => mean(s.pageviews_min, s.pageviews_max);
/** Page views and the ping that ends a visit. */
const hitsPerVisit = (s: Settings): number => pageViews(s) + 1;
/** On the busiest day: what suffices then suffices always. */
const arrivalsPerSecond = (s: Settings): number => rateOf(shardOf(s), peakVisitsPerDay(s)) / 86_400;
const volume: readonly SettingName[] = [
  'target_visits_per_day',
  'shard',
  'season',
  'holidays',
  'spikes',
];

/** Which day is meant, if not every one. */
function onPeak(s: Settings): string {
  const { name } = peakDay(s);
  return name === null ? '' : ` on the busiest day (${name})`;
}

/** In bulk a visit goes out as a whole, after so long at most in which its request fills. */
const longestFillSeconds = 1;

/** All hits leave in bulk requests: live, only compressed visits can. */
function allInBulk(s: Settings): boolean {
  if (s.visit_pacing !== 'compressed') return false;
  if (s.targets === null) return s.delivery === 'bulk';
  const { targets } = targetsOf(s).list;
  const wanted = targets.map(({ delivery }) => (delivery === 'auto' ? s.delivery : delivery));
  return wanted.length > 0 && wanted.every((delivery) => delivery === 'bulk');
}

/** How long a visit occupies a slot, on average. */
function secondsInFlight(s: Settings): number {
  if (allInBulk(s)) return longestFillSeconds + answerSeconds;
  const answers = hitsPerVisit(s) * answerSeconds;
  if (s.visit_pacing === 'realtime') {
    return mean(s.visit_duration_min, s.visit_duration_max) * 60 + answers;
  }
  return (pageViews(s) - 1) * mean(s.pause_between_pvs_min, s.pause_between_pvs_max) + answers;
}

/** Little's law: visits in flight = arrivals per second × seconds in flight. */
export const slotsSuffice: Rule = {
  live: true,
  reads: [
    'concurrency',
    ...volume,
    'visit_pacing',
    'delivery',
    'targets',
    'pageviews_min',
    'pageviews_max',
    'visit_duration_min',
    'visit_duration_max',
    'pause_between_pvs_min',
    'pause_between_pvs_max',
  ],
  check: (settings, given) => {
    const needed = Math.ceil(arrivalsPerSecond(settings) * secondsInFlight(settings));
    if (settings.concurrency >= needed) return [];
    return [
      finding(given, ['concurrency', 'target_visits_per_day'], 'concurrency_too_small', {
        message: `About ${needed} visits will be in flight at the same time${onPeak(settings)}, but CONCURRENCY allows ${settings.concurrency}; the others will be dropped.`,
        remedy: `Set CONCURRENCY to ${Math.ceil(needed * 1.2)} or more, or lower TARGET_VISITS_PER_DAY.`,
      }),
    ];
  },
};

/** The same law for connections, which are busy only while a hit is on its way. */
export const connectionsSuffice: Rule = {
  live: true,
  reads: [
    'max_connections',
    ...volume,
    'visit_pacing',
    'delivery',
    'targets',
    'pageviews_min',
    'pageviews_max',
  ],
  check: (settings, given) => {
    // A lane of bulk delivery has one request out, and lanes are few.
    if (allInBulk(settings)) return [];
    const hitsPerSecond = arrivalsPerSecond(settings) * hitsPerVisit(settings);
    const needed = Math.ceil(hitsPerSecond * answerSeconds);
    if (settings.max_connections >= needed) return [];
    return [
      finding(given, ['max_connections', 'target_visits_per_day'], 'connections_too_few', {
        message: `About ${Math.round(hitsPerSecond)} hits per second${onPeak(settings)} need some ${needed} connections, but MAX_CONNECTIONS allows ${settings.max_connections}; hits will wait for one another.`,
        remedy: `Set MAX_CONNECTIONS to ${Math.ceil(needed * 1.2)} or more.`,
      }),
    ];
  },
};
