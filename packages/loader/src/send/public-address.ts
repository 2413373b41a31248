import ipaddr from 'ipaddr.js';

/** Addresses of everybody's that serve the machines of one cloud. */
const ofClouds: readonly string[] = ['168.63.129.16'];

/** IPv6 that is given out to the world (RFC 4291 §2.4); anything else is special, whatever its range is called. */
const global6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** IPv4 behind a translator (RFC 6052): judged by the IPv4 address. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an address belongs to the public internet: not to this machine, its link, a private network, a
 * carrier's, a cloud's metadata service, a group or a reserved range. IPv4 in IPv6 is judged as IPv4.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) {
    return address.range() === 'unicast' && !ofClouds.includes(address.toString());
  }
  if (address.zoneId !== undefined && address.zoneId !== null) return false;
  if (address.match(translated)) {
    return isPublicAddress(address.toByteArray().slice(12).join('.'));
  }
  return address.match(global6) && address.range() === 'unicast';
}
