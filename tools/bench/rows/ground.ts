import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '../../../packages/contract/src/index.ts';
import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import { type QueryOptions, queryOf } from '../../../packages/loader/src/send/query.ts';

/** What all rows are measured with. */
export const seed = 1;
export const connections = 50;

export const query: QueryOptions = { site_id: 1, with_location: false, order_prefix: 'B-' };

/** The defaults with what a row changes. */
export const settingsWith = (changes: Partial<Settings>): Settings => ({
  ...defaultSettings,
  ...changes,
});

/** Queries of the first visits of a default plan, ready to be sent. */
export function readyQueries(visits: number): string[] {
  const plan = compilePlan(defaultSettings, builtinMaterial(), seed);
  const started_ms = Date.now() - 600_000;
  return Array.from({ length: visits }, (_, index) => plan(index)).flatMap((visit) =>
    visit.hits.map((hit) =>
      queryOf(visit, hit, { at_ms: started_ms + hit.offset_ms, send_cdt: true }, query),
    ),
  );
}

/** Runs something with a directory of its own, which is removed afterwards. */
export async function withDirectory<T>(action: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'trafficinator-bench-'));
  try {
    return await action(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
