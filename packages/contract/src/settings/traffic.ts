import { defaultZone } from '../site-zone.ts';
import {
  boolean,
  choice,
  integer,
  number,
  numberList,
  optionalInteger,
  optionalText,
  optionalWeightedList,
  text,
} from './define.ts';
import { monthSynonyms, months } from './months.ts';

/** How much traffic, when, and by whom. */
export const traffic = {
  target_visits_per_day: number({
    label: 'Visits per day',
    help: 'The arrival rate: visits start at this rate, whatever Matomo does; spread evenly over 24 hours, and every day the same, unless the settings below say otherwise.',
    unit: 'visits/day',
    default: 20_000,
    min: 0.1,
    max: 100_000_000,
  }),
  visit_pacing: choice({
    label: 'Visit pacing',
    help: 'compressed: page views follow one another after PAUSE_BETWEEN_PVS seconds and carry their simulated time (cdt). realtime: every hit goes out at its simulated moment, without cdt.',
    values: ['compressed', 'realtime'],
    default: 'compressed',
  }),
  traffic_shape: choice({
    label: 'Traffic shape',
    help: 'How visits spread over the hours of a day in TIMEZONE (in a backfill: of the site). flat: evenly. business: working hours. consumer: evenings. table: as TRAFFIC_SHAPE_TABLE says. The day’s total stays what it is.',
    values: ['flat', 'business', 'consumer', 'table'],
    default: 'flat',
  }),
  traffic_shape_table: numberList({
    label: 'Shape table',
    help: 'How busy each hour is relative to the others of its day: 24 numbers for every day, or 168 for a week from Monday 0 o’clock.',
    default: Array.from({ length: 24 }, () => 1),
    min: 0,
    max: 1_000_000,
    shown_when: { setting: 'traffic_shape', is: ['table'] },
  }),
  season: optionalWeightedList({
    label: 'Season',
    help: 'How busy months are (11:1.3,12:1.6,7:0.7), relative to one another; a month that is left out has 1. Over a year the mean stays TARGET_VISITS_PER_DAY.',
    names: months,
    synonyms: monthSynonyms,
    others: 1,
  }),
  growth_percent_per_year: number({
    label: 'Growth',
    help: 'How much more visits a day a year later has: 20 is a fifth more, -10 a tenth less. TARGET_VISITS_PER_DAY is what the day has on which a live run begins, and the last day of a backfill.',
    unit: '%/year',
    default: 0,
    min: -99,
    max: 10_000,
  }),
  holidays: optionalText({
    format: 'days',
    label: 'Holidays',
    help: 'Dates (2026-12-24) or days of every year (12-24) with a Sunday’s hours, and what their visits are multiplied by (12-24:0.4); 0.5 if that is left out.',
  }),
  spikes: optionalText({
    format: 'days',
    label: 'Spikes',
    help: 'Dates, or days of every year, and what their visits are multiplied by: 2026-11-27:3,2026-11-30:2.5.',
  }),
  concurrency: integer({
    label: 'Concurrency',
    help: 'Most visits in flight at the same time. A visit that finds no slot waits up to MAX_LATENESS_SECONDS and is then counted as dropped.',
    unit: 'visits',
    default: 50,
    min: 1,
    max: 1_000_000,
  }),
  timezone: text({
    format: 'zone',
    label: 'Timezone',
    help: 'IANA zone of the calendar day for daily caps; should be the zone of the site in Matomo.',
    default: defaultZone,
  }),
  randomize_visitor_countries: boolean({
    label: 'Visitors from many countries',
    help: 'Send an IP address (cip) and a country for each visitor. Matomo refuses these without a token, so without one they are left out.',
    default: true,
  }),
  returning_visitor_share: number({
    label: 'Returning visitors',
    help: 'Share of visits by visitors who have been there before, once the first days are over. They keep their device, country and address. 0: everybody comes once.',
    unit: 'share of visits',
    default: 0,
    min: 0,
    max: 0.9,
  }),
  return_after_days: text({
    format: 'return_days',
    label: 'Return after days',
    help: 'How many days after their last visit returning visitors come: days or ranges of days from 0 to 364 with relative weights, as Matomo counts days since the last visit. 0 is about half a day.',
    default: '1:30,2:15,3:10,4-7:20,8-14:12,15-30:9,31-60:4',
  }),
  user_id_share: number({
    label: 'User ids',
    help: 'Share of visitors who are logged in: all their hits carry a user id (uid), the same in every visit.',
    unit: 'share of visitors',
    default: 0,
    min: 0,
    max: 1,
  }),
  seed: optionalInteger({
    label: 'Seed',
    help: 'The same seed plans the same visits, to the byte, with the same visitors: two live runs with one seed within half an hour become one in Matomo. Unset: a live run draws a new one and prints it; plan uses 1.',
    min: 0,
    max: 2_147_483_647,
  }),
  shard: optionalText({
    format: 'shard',
    label: 'Shard',
    help: 'k/n: this process sends every n-th visit of the plan, from visit k on (0/2 and 1/2 together send all), and has its share of the caps; CONCURRENCY and MAX_CONNECTIONS are each process’s own. Needs SEED and RUN_STARTED_AT, the same for all.',
  }),
  run_started_at: optionalText({
    format: 'instant',
    label: 'Start of the schedule',
    help: 'Moment at which the schedule of a live run begins, now or in the future, e.g. 2026-05-01T12:00:00Z: each visit has its moment, and what a process was not there for is left out. Unset: when the process starts.',
  }),
};
