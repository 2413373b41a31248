import { createRequire } from 'node:module';
import { hitWindow } from '../warm-window.ts';
import { connections, readyQueries } from './ground.ts';
import type { Measured } from './row.ts';

/** As much of undici as the bare loop needs; the package itself belongs to the loader. */
interface Undici {
  readonly Pool: new (
    origin: string,
    options: { connections: number; pipelining: number },
  ) => {
    request(options: {
      path: string;
      method: 'GET';
    }): Promise<{ readonly body: { dump(): Promise<void> } }>;
    destroy(): Promise<void>;
  };
}

const warmHits = 100_000;
const weighedHits = 200_000;

const ofLoader = createRequire(new URL('../../../packages/loader/package.json', import.meta.url));

/**
 * The baseline: a loop of the HTTP client alone, 50 connections, over ready-made queries. It plans,
 * paces, judges and counts nothing.
 */
export async function measureBare(url: string): Promise<Measured> {
  const { Pool } = ofLoader('undici') as Undici;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const paths = readyQueries(400).map((text) => `${pathname}?${text}`);
  let hits = 0;
  let next = 0;
  let over = false;
  const loop = async () => {
    while (!over) {
      next = (next + 1) % paths.length;
      const { body } = await pool.request({ path: paths[next] as string, method: 'GET' });
      await body.dump();
      hits++;
    }
  };
  const loops = Array.from({ length: connections }, loop);
  const figures = await hitWindow(warmHits, weighedHits, () => hits);
  over = true;
  await Promise.all(loops);
  await pool.destroy();
  return { figures, hits };
}
