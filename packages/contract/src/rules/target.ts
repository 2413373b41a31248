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

/** The list of targets can be read and makes sense. */
export const targetsUsable: Rule = {
  reads: ['targets', 'target_strategy', 'matomo_url'],
  check: (settings, given) =>
    targetsOf(settings).problems.map((found) => ({
      ...found,
      source: given.get('targets')?.source ?? found.source,
    })),
};
