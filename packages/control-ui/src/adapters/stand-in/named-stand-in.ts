import { request } from 'undici';
import type { StandIn } from '../../ports/stand-in.ts';
import { standInToken } from './token.ts';

const patience_ms = 1_500;

/** A stand-in that runs beside the service, as a container of the same network. `url`: of its tracker. */
export function namedStandIn(url: string): StandIn {
  const { origin } = new URL(url);
  const isThere = async (): Promise<boolean> => {
    try {
      const { statusCode, body } = await request(origin, {
        signal: AbortSignal.timeout(patience_ms),
      });
      const page = await body.text();
      return statusCode === 200 && page.includes(selfName);
    } catch {
      return false;
    }
  };
  const owns = (other: string): boolean => URL.parse(other)?.origin === origin;
  return {
    token: standInToken,
    offered: isThere,
    open: async () => {
      if (!(await isThere())) throw new Error(`The stand-in at ${origin} does not answer.`);
      return url;
    },
    owns,
    ownedBefore: async (other) => owns(other),
    close: () => {},
  };
}

/** What the stand-in's page calls itself. */
const selfName = 'This is a stand-in, not Matomo';
