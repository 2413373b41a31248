import { finding, type Rule } from './rule.ts';

/** Negative traffic alone leaves nothing for Matomo to report. */
export const negativeLeavesSome: Rule = {
  reads: ['negative_traffic'],
  check: (settings, given) => {
    const shares = Object.values(settings.negative_traffic ?? {});
    const sum = shares.reduce((total, share) => total + share, 0);
    if (sum < 1 - 1e-9) return [];
    return [
      finding(given, ['negative_traffic'], 'nothing_recorded', {
        message: 'NEGATIVE_TRAFFIC takes all visits, so Matomo records none.',
        remedy: 'Lower the shares, if Matomo shall have anything to report.',
      }),
    ];
  },
};
