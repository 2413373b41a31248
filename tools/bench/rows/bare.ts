import { createRequire } from 'node:module';
import { hitWindow } from '../warm-window.ts';
import { connections, readyQueries } from './ground.ts';
import type { Measured } from './row.ts';

/** As much of undici as the bare loops need; the package itself belongs to the loader. */
interface Pool {
  request(get: Get): Promise<{ readonly body: { dump(): Promise<void> } }>;
  dispatch(get: Get, handler: object): boolean;
  destroy(): Promise<void>;
}
interface Get {
  readonly path: string;
  readonly method: 'GET';
}
interface Undici {
  readonly Pool: new (origin: string, options: { connections: number; pipelining: number }) => Pool;
}

const warmHits = 100_000;
const weighedHits = 200_000;

const ofLoader = createRequire(new URL('../../../packages/loader/package.json', import.meta.url));

/** Sends one request after the other; resolves when `next` gives none any more. */
type Loop = (pool: Pool, next: () => Get | null) => Promise<void>;

/**
 * The baseline: loops of the HTTP client alone, 50 connections, over ready-made queries. They plan, pace,
 * judge and count nothing. `loop`: by which of the client's interfaces.
 */
async function measure(url: string, loop: Loop): Promise<Measured> {
  const { Pool } = ofLoader('undici') as Undici;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const gets = readyQueries(400).map(
    (text): Get => ({ path: `${pathname}?${text}`, method: 'GET' }),
  );
  let asked = 0;
  let over = false;
  const next = () => (over ? null : (gets[asked++ % gets.length] as Get));
  const loops = Array.from({ length: connections }, () => loop(pool, next));
  const figures = await hitWindow(warmHits, weighedHits, () => asked);
  over = true;
  await Promise.all(loops);
  await pool.destroy();
  return { figures, hits: asked };
}

export const measureBare = (url: string): Promise<Measured> =>
  measure(url, async (pool, next) => {
    for (let get = next(); get !== null; get = next()) {
      const { body } = await pool.request(get);
      await body.dump();
    }
  });

/** By the interface beneath, with one handler for all requests of a connection. */
export const measureDispatch = (url: string): Promise<Measured> =>
  measure(url, (pool, next) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const go = () => {
      const get = next();
      if (get === null) resolve();
      else pool.dispatch(get, handler);
    };
    const nothing = () => {};
    const handler = {
      onRequestStart: nothing,
      onResponseStart: nothing,
      onResponseData: nothing,
      onResponseEnd: go,
      onResponseError: (_: unknown, error: Error) => reject(error),
    };
    go();
    return promise;
  });
