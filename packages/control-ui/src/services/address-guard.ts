import ipaddr from 'ipaddr.js';
import type { Resolver } from '../ports/resolver.ts';
import { Refusal } from '../refusal.ts';

/** Addresses of everybody's that serve the machines of one cloud. */
const ofClouds: readonly string[] = ['168.63.129.16'];
/** IPv6 that is given out to the world (RFC 4291 §2.4). */
const global6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is on the public internet, in whatever spelling. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return !ofClouds.includes(parsed.toString());
  return parsed.match(global6);
}

/**
 * Refuses addresses of the service's own network before anything is sent there: loopback, link-local,
 * private and metadata addresses, by name or by number. The loader refuses them again at each connection, after
 * its own look-up, so that a name that changes its address between the two gains nothing.
 */
export class AddressGuard {
  readonly #resolver: Resolver;
  readonly #allowPrivate: boolean;
  readonly #isOwn: (url: string) => boolean;

  /** `isOwn`: whether an address is that of the service's own stand-in, which is no secret of its network. */
  constructor(
    resolver: Resolver,
    allowPrivate: boolean,
    isOwn: (url: string) => boolean = () => false,
  ) {
    this.#resolver = resolver;
    this.#allowPrivate = allowPrivate;
    this.#isOwn = isOwn;
  }

  /** @throws Refusal `address_refused`; it names the host, never what it resolves to. */
  async check(urls: readonly string[]): Promise<void> {
    if (this.#allowPrivate) return;
    for (const url of urls) if (!this.#isOwn(url)) await this.#checkOne(url);
  }

  async #checkOne(url: string): Promise<void> {
    const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '');
    if (host === undefined || host === '') return;
    const addresses = ipaddr.isValid(host) ? [host] : await this.#resolve(host);
    if (addresses.length > 0 && addresses.every(isPublic)) return;
    // A name without an address is the loader's to tell; it will not connect either.
    if (addresses.length === 0) return;
    throw new Refusal('address_refused', {
      message: `${host} is in the service’s own network, which targets may not be.`,
      remedy: 'Name a public address, or set ALLOW_PRIVATE_TARGETS=true on the service.',
    });
  }

  async #resolve(host: string): Promise<readonly string[]> {
    try {
      return await this.#resolver.addressesOf(host);
    } catch {
      return [];
    }
  }
}
