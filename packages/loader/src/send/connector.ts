import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './public-address.ts';

/** Why no connection was made: it would have led into a network that is not public. */
export const addressRefused = 'target_address_refused';

export interface ConnectorOptions {
  readonly timeout_ms: number;
  readonly tls_insecure: boolean;
  /** PEM text of the certificate authorities to trust; null for the usual ones. */
  readonly ca: string | null;
  /** ALLOW_PRIVATE_TARGETS; false: only public addresses are connected to. */
  readonly allow_private: boolean;
}

type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * Connects to servers. Addresses are judged when the connection is made, after the name was resolved: a
 * name that leads elsewhere the next time gains nothing. `resolve` stands in for the system's resolver.
 */
export function connectorFor(
  { timeout_ms, tls_insecure, ca, allow_private }: ConnectorOptions,
  resolve: Resolve = lookup,
): buildConnector.connector {
  const options = {
    timeout: timeout_ms,
    rejectUnauthorized: !tls_insecure,
    ...(ca === null ? {} : { ca }),
  };
  if (allow_private) return buildConnector(options);
  const connect = buildConnector({ ...options, lookup: publicLookup(resolve) });
  return (target, callback) => {
    // Nothing is looked up for an address.
    const address = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(address) === 0 || isPublicAddress(address)) connect(target, callback);
    else callback(refusal(target.hostname), null);
  };
}

/** Resolves a name to its public addresses; one that has none is refused. */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const fit = found.filter(({ address }) => isPublicAddress(address));
      const [first] = fit;
      if (first === undefined) return callback(refusal(hostname), '');
      if (options.all === true) return callback(null, fit);
      callback(null, first.address, first.family);
    });
  };
}

/** Names the host: the address is nobody's business who does not know it. */
function refusal(hostname: string): NodeJS.ErrnoException {
  const error = new Error(`${hostname} leads into a network that is not public.`);
  return Object.assign(error, { code: addressRefused });
}
