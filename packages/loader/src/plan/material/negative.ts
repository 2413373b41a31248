import list from '../data/negative.json' with { type: 'json' };
import { type Device, encoded, type NegativeMaterial } from './material.ts';

/** Crawlers' screens; they tell no client hints and have no plug-ins. */
const deviceOf = ({ user_agent }: { readonly user_agent: string }): Device => ({
  weight: 1,
  kind: 'desktop',
  user_agent: encoded(user_agent),
  client_hints: null,
  resolutions: ['1024x768'],
  plugins: '&cookie=0',
});

/**
 * User agents as their operators document them, and hosts of the list that Matomo looks for in referrers
 * (it is a search for parts of the text, whatever the address around it).
 */
export function negativeMaterial(): NegativeMaterial {
  return {
    bots: list.bots.map(deviceOf),
    ai_fetchers: list.ai_fetchers.map(deviceOf),
    spam_referrers: list.spam_referrers.hosts.map((host) => encoded(`http://${host}/`)),
  };
}
