import { peakDay } from '../day-levels.ts';
import { grouped } from '../range.ts';
import { finding, type Rule } from './rule.ts';

const veryHigh = 500_000;

export const targetModerate: Rule = {
  reads: ['target_visits_per_day'],
  check: ({ target_visits_per_day: target }, given) => {
    if (target <= veryHigh) return [];
    return [
      finding(given, ['target_visits_per_day'], 'target_very_high', {
        message: `TARGET_VISITS_PER_DAY is above ${grouped(veryHigh)}, more than many Matomo servers can record.`,
        remedy: 'Watch the rate that is reached and the dropped hits, or lower it.',
      }),
    ];
  },
};

export const capReachable: Rule = {
  live: true,
  reads: [
    'target_visits_per_day',
    'max_visits_per_day',
    'season',
    'holidays',
    'spikes',
    'growth_percent_per_year',
  ],
  check: (settings, given) => {
    const { target_visits_per_day: target, max_visits_per_day: cap } = settings;
    const { level, name } = peakDay(settings);
    if (cap === 0 || cap <= target * level || settings.growth_percent_per_year > 0) return [];
    const day = name === null ? '' : `, even on the busiest day (${name}),`;
    return [
      finding(given, ['max_visits_per_day', 'target_visits_per_day'], 'cap_never_reached', {
        message: `MAX_VISITS_PER_DAY (${grouped(cap)}) is above TARGET_VISITS_PER_DAY (${grouped(target)}) and${day} will never be reached.`,
        remedy: 'Nothing to do, if you meant it as a safety net.',
      }),
    ];
  },
};

export const runEnds: Rule = {
  live: true,
  reads: ['max_visits', 'auto_stop_after_hours'],
  check: (settings, given) => {
    if (settings.max_visits > 0 || settings.auto_stop_after_hours > 0) return [];
    return [
      finding(given, ['max_visits', 'auto_stop_after_hours'], 'no_end', {
        message: 'Nothing ends this run: it goes on until it is stopped.',
        remedy: 'Set MAX_VISITS or AUTO_STOP_AFTER_HOURS if it should end by itself.',
      }),
    ];
  },
};
