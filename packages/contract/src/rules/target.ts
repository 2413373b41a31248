import { targetsOf } from '../targets.ts';
import { finding, type Rule } from './rule.ts';

/** Sending needs a target. */
export const targetGiven: Rule = {
  reads: ['matomo_url', 'targets'],
  check: (settings, given, purpose) => {
    if (settings.matomo_url !== null || settings.targets !== null) return [];
    const sending = purpose !== 'plan';
    return [
      finding(given, ['matomo_url'], 'target_missing', {
        ...(!sending && { severity: 'notice' as const }),
        message: sending
          ? 'MATOMO_URL is not set, so there is nowhere to send the hits.'
          : 'MATOMO_URL is not set; a plan does not need it, a run does.',
        remedy:
          'Set MATOMO_URL to the address of your Matomo, for example MATOMO_URL=https://matomo.example.org/matomo.php.',
      }),
    ];
  },
};

/**
 * Addresses of examples: RFC 2606 reserves .example and example.com, .net, .org; older preset files
 * name the other one.
 */
export const targetIsReal: Rule = {
  reads: ['matomo_url'],
  check: ({ matomo_url: url }, given) => {
    const host = url === null ? '' : new URL(url).hostname;
    if (!/(^|\.)(example|example\.(com|net|org)|your-matomo-instance\.com)$/.test(host)) return [];
    return [
      finding(given, ['matomo_url'], 'target_is_placeholder', {
        message: `MATOMO_URL names ${host}, which is only an example.`,
        remedy: 'Set it to the address of your own Matomo.',
      }),
    ];
  },
};

/** Targets that divide a backfill each get a part of its caps, and a part is one visit at least. */
export const capsDivide: Rule = {
  reads: ['targets', 'target_strategy', 'backfill_max_visits_per_day', 'backfill_max_visits_total'],
  check: (settings, given, purpose) => {
    const { strategy, targets } = targetsOf(settings).list;
    if (purpose !== 'backfill' || strategy === 'mirror' || strategy === 'independent') return [];
    const takers = targets.filter((target) => strategy !== 'weighted' || target.weight > 0).length;
    const caps = ['backfill_max_visits_per_day', 'backfill_max_visits_total'] as const;
    return caps
      .filter((name) => settings[name] > 0 && settings[name] < takers)
      .map((name) =>
        finding(given, [name, 'targets'], 'targets_contradict', {
          message: `${name.toUpperCase()} is ${settings[name]}, and ${takers} targets divide it.`,
          remedy: `Set it to ${takers} or more, or name fewer targets.`,
        }),
      );
  },
};

/** The list of targets can be read and makes sense. */
export const targetsUsable: Rule = {
  reads: ['targets', 'target_strategy', 'matomo_url'],
  check: (settings, given) =>
    targetsOf(settings).problems.map((found) => ({
      ...found,
      source: given.get('targets')?.source ?? found.source,
    })),
};
