import { realisedShares } from './funnel-shares.ts';
import type { Funnel } from './funnels.ts';
import { type Problem, problem } from './problem.ts';

/** Matomo starts a new visit after a gap of 1,800 s (1,799 s is none); hits are cut to whole seconds. */
const longestGap_seconds = 1_799;

/** What a reader of the file may not expect. Funnels come in the order in which they are tried. */
export function funnelWarnings(funnels: readonly Funnel[], source: string): Problem[] {
  return [...shareWarnings(funnels, source), ...delayWarnings(funnels, source)];
}

function shareWarnings(funnels: readonly Funnel[], source: string): Problem[] {
  const shares = realisedShares(funnels);
  if (shares.every(({ share, probability }) => share === probability)) return [];
  const sum = funnels.reduce((total, { probability }) => total + probability, 0);
  const exceeds = sum > 1 + 1e-9;
  const each = shares
    .map(({ name, share, probability }) =>
      share === probability
        ? `“${name}” ${percent(share)}`
        : `“${name}” ${percent(share)} instead of ${percent(probability)}`,
    )
    .join(', ');
  const why = exceeds
    ? `The funnels’ probabilities add up to ${percent(sum)}, which no visits are left for.`
    : 'The funnels’ probabilities are not their shares.';
  return [
    problem('funnel_shares', {
      severity: exceeds ? 'warning' : 'notice',
      fields: ['funnel_config_path'],
      source,
      message: `${why} Funnels are tried in turn by priority, each with its own probability, so of all visits they get: ${each}.`,
      remedy: exceeds
        ? 'Lower the probabilities, or take these shares as they are.'
        : 'To give a funnel a share s after others with shares adding up to t, set its probability to s / (1 − t).',
    }),
  ];
}

function delayWarnings(funnels: readonly Funnel[], source: string): Problem[] {
  return funnels.flatMap((funnel) =>
    funnel.steps.flatMap((step, at) => {
      const least = step.delay_seconds_min ?? 0;
      const most = step.delay_seconds_max ?? least;
      if (most <= longestGap_seconds) return [];
      const when = least > longestGap_seconds ? 'always' : 'at times';
      return [
        problem('funnel_splits_visit', {
          fields: ['funnel_config_path'],
          source,
          message: `Funnel “${funnel.name}” waits up to ${most} s after step ${at + 1}: Matomo counts a new visit after 1,800 s, so its visits will ${when} be two.`,
          remedy: `Set delay_seconds_max to ${longestGap_seconds} or less, if a visit is to be one.`,
        }),
      ];
    }),
  );
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;
