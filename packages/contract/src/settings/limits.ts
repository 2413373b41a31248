import { integer, number, optionalNumber } from './define.ts';

/** When to pause, when to stop, when to call the run a failure. */
export const limits = {
  max_visits_per_day: integer({
    label: 'Daily cap',
    help: 'Most visits started per calendar day in TIMEZONE; then the run pauses until the next day. 0 = no cap. MAX_TOTAL_VISITS is the older name of the same setting.',
    unit: 'visits/day',
    default: 0,
    min: 0,
    max: 1_000_000_000,
    aliases: ['MAX_TOTAL_VISITS'],
  }),
  max_visits: integer({
    label: 'Visits in all',
    help: 'The run ends after this many visits, over all its restarts. 0 = endless.',
    unit: 'visits',
    default: 0,
    min: 0,
    max: 1_000_000_000,
  }),
  auto_stop_after_hours: number({
    label: 'Auto-stop',
    help: 'The run ends after this many hours of running. 0 = never.',
    unit: 'hours',
    default: 0,
    min: 0,
    max: 8_760,
  }),
  fail_if_error_rate_above: number({
    label: 'Tolerated error rate',
    help: 'Largest share of hits that may end other than accepted before the run counts as failed (exit code 4).',
    unit: 'share of hits',
    default: 0,
    min: 0,
    max: 1,
  }),
  fail_if_p95_ms_above: optionalNumber({
    label: 'Tolerated 95th percentile',
    help: 'The run counts as failed (exit code 4) if the 95th percentile of the response time is above this.',
    unit: 'ms',
    min: 0.001,
    max: 3_600_000,
  }),
};
