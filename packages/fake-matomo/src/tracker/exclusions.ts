import botPatterns from '../data/bot-user-agents.json' with { type: 'json' };
import spamReferrers from '../data/spam-referrers.json' with { type: 'json' };
import { isBotAddress } from './ip-ranges.ts';
import type { Parameters } from './parameters.ts';

/** Why a hit was answered with yes and not recorded. */
export type ExclusionReason =
  | 'rec_missing'
  | 'bot_user_agent'
  | 'bot_ip_range'
  | 'prefetch'
  | 'spam_referrer';

/** What the exclusions look at beside the parameters. */
export interface Sender {
  readonly ip: string;
  readonly user_agent: string;
  readonly is_prefetch: boolean;
}

const bots = new RegExp(botPatterns.map((pattern) => `(?:${pattern})`).join('|'), 'i');
const verdicts = new Map<string, boolean>();
const VERDICTS_KEPT = 5_000;

/**
 * Matomo's silent exclusions, in its order; null when the hit is to be recorded. `excludes`: whether it keeps
 * bots and spam referrers out, as it does unless somebody switched that off.
 */
export function exclusionOf(
  parameters: Parameters,
  sender: Sender,
  excludes = true,
): ExclusionReason | null {
  if (parameters.whole('rec') !== 1) return 'rec_missing';
  if (excludes && parameters.whole('bots') !== 1) {
    if (isBot(sender.user_agent)) return 'bot_user_agent';
    if (isBotAddress(sender.ip)) return 'bot_ip_range';
  }
  if (sender.is_prefetch) return 'prefetch';
  if (!excludes) return null;
  const referrer = parameters.text('urlref').toLowerCase();
  if (referrer !== '' && spamReferrers.some((spam) => referrer.includes(spam))) {
    return 'spam_referrer';
  }
  return null;
}

/** A run sends few different browsers many times, so a verdict is worth keeping. */
function isBot(userAgent: string): boolean {
  const known = verdicts.get(userAgent);
  if (known !== undefined) return known;
  const verdict = bots.test(userAgent);
  if (verdicts.size >= VERDICTS_KEPT) verdicts.clear();
  verdicts.set(userAgent, verdict);
  return verdict;
}
