import { BlockList, isIPv6 } from 'node:net';
import ranges from '../data/bot-ranges.json' with { type: 'json' };

const botRanges = new BlockList();
for (const range of ranges) {
  const [network, bits] = range.split('/');
  botRanges.addSubnet(network!, Number(bits), 'ipv4');
}

/** Whether an address lies in the search engines' ranges that Matomo drops whatever the browser. */
export function isBotAddress(ip: string): boolean {
  return !isIPv6(ip) && botRanges.check(ip, 'ipv4');
}
