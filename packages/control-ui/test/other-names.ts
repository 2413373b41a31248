/**
 * Loaded before the service (`node --import`): its look-ups say that `localhost` is a public address, as a name
 * server does whose next answer, to the loader, will be another one.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const look = dns.promises.lookup as (host: string, options?: unknown) => Promise<unknown>;
const answer = async (host: string, options?: unknown): Promise<unknown> =>
  host === 'localhost' ? [{ address: '93.184.215.14', family: 4 }] : look(host, options);
dns.promises.lookup = answer as typeof dns.promises.lookup;
syncBuiltinESMExports();
