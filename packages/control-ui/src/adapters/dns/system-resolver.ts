import { lookup } from 'node:dns/promises';
import type { Resolver } from '../../ports/resolver.ts';

/** As the machine resolves names: hosts file, then its name servers. */
export const systemResolver: Resolver = {
  async addressesOf(host) {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.map(({ address }) => address);
  },
};
