import type { NegativeKind } from '@trafficinator/contract';
import type { Census } from '../census.ts';
import type { Cause } from './cause.ts';

/** Why Matomo may record what it leaves out by itself. */
const whyRecorded: Readonly<Record<NegativeKind, string>> = {
  bots: 'something before Matomo adds bots=1 to the requests, a plugin lets crawlers in, or its list of crawlers is very old',
  ai_fetchers:
    'something before Matomo adds bots=1 to the requests, a plugin lets fetchers in, or its list of crawlers is very old',
  spam_referrers:
    'enable_spam_filter is 0 in its config.ini.php, or its list of spammers is very old',
};

/** Negative traffic that is in the log all the same. */
export function negativeRecorded(census: Census, explains: readonly string[]): Cause[] {
  const kinds = [...census.negative];
  if (kinds.length === 0) return [];
  const count = kinds.reduce((sum, [, visits]) => sum + visits, 0);
  const looked = census.strangers === null ? ', as far as they were looked up' : '';
  const told = kinds.map(([kind, visits]) => `${visits} of ${kind}`).join(', ');
  const whys = [...new Set(kinds.map(([kind]) => whyRecorded[kind]))].join('; ');
  return [
    {
      code: 'negative_recorded',
      label: 'negative traffic',
      text: `${count} ${count === 1 ? 'visit' : 'visits'} of NEGATIVE_TRAFFIC ${count === 1 ? 'is' : 'are'} in the log (${told}${looked}): Matomo does not exclude what it excludes by default. Perhaps ${whys}.`,
      explains,
    },
  ];
}
