import { isComplaint, type Problem, problem, trackerUrl } from '@trafficinator/contract';

type Values = Readonly<Record<string, unknown>>;

/** Whether two addresses mean the same tracker. */
export function sameAddress(a: unknown, b: unknown): boolean {
  return normal(a) === normal(b);
}

function normal(address: unknown): unknown {
  if (typeof address !== 'string') return null;
  const read = trackerUrl('', address.trim());
  return isComplaint(read) ? address : read.value;
}

/**
 * A stored token goes to the address that it was stored for and to no other: new values that name another
 * address lose it, unless they bring a token of their own (`given`).
 */
export function withoutLentToken(
  kept: Values,
  values: Values,
  given: Values,
): { readonly values: Values; readonly problems: readonly Problem[] } {
  const { matomo_token_auth: token, ...others } = values;
  const isKept = typeof token === 'string' && token !== '' && given.matomo_token_auth !== token;
  if (!isKept || sameAddress(kept.matomo_url, values.matomo_url)) {
    return { values, problems: [] };
  }
  return {
    values: others,
    problems: [
      problem('setting_unused_here', {
        fields: ['matomo_token_auth'],
        source: 'config',
        message:
          'The address is another one, so the token that was stored for the old one is dropped.',
        remedy: 'Give the token for the new address.',
      }),
    ],
  };
}
