import { networkOf } from './ipv4.ts';
import { networkOf6 } from './ipv6.ts';
import type { Network, Network6 } from './material.ts';

/**
 * Networks of search engines that Matomo drops whatever the user agent says (the list is part of its
 * tracker): a visitor with such an address is acknowledged and never recorded.
 */
export const matomoBotNetworks: readonly Network[] = [
  '64.4.0.0/18',
  '65.52.0.0/14',
  '157.54.0.0/15',
  '157.56.0.0/14',
  '157.60.0.0/16',
  '207.46.0.0/16',
  '207.68.128.0/18',
  '207.68.192.0/20',
  // The two networks 131.253.26.0/20 and 131.253.24.0/20 of the list both begin at 131.253.16.0.
  '131.253.16.0/20',
  // 72.30.198.0/20 and 72.30.196.0/20 likewise begin at 72.30.192.0, 98.137.207.0/20 at 98.137.192.0.
  '72.30.192.0/20',
  '98.137.192.0/20',
  '216.239.32.0/19',
  '64.233.160.0/19',
  '66.249.80.0/20',
  '72.14.192.0/18',
  '209.85.128.0/17',
  '66.102.0.0/20',
  '74.125.0.0/16',
  '64.18.0.0/20',
  '207.126.144.0/20',
  '173.194.0.0/16',
].map(networkOf);

/** Address space that no visitor comes from: private, shared, documentation, multicast and reserved (IANA special-purpose registry, RFC 6890). */
export const reservedNetworks: readonly Network[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(networkOf);

/** Global unicast space of IPv6 that no visitor comes from: protocol assignments (Teredo among them), documentation, 6to4 (IANA special-purpose registry). */
export const reservedNetworks6: readonly Network6[] = [
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map(networkOf6);

/** The only IPv6 space that is assigned for the public (RFC 3587). */
export const publicNetwork6: Network6 = networkOf6('2000::/3');
