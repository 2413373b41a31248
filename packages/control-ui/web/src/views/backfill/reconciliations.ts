import { signal } from '@preact/signals';
import type { ReconcileReport } from '@trafficinator/contract';
import type { BackfillJob } from '@trafficinator/contract/rest';
import { post } from '../../api/client.ts';

export interface Comparison {
  readonly report: ReconcileReport;
  readonly at_ms: number;
}

const compared = signal<ReadonlyMap<string, Comparison>>(new Map());

/** Names of the targets that a backfill sends to; null: its only one. */
export const targetsOf = ({ targets }: BackfillJob): readonly (string | null)[] =>
  targets.length === 0 ? [null] : targets.map(({ name }) => name);

const keyOf = (job: BackfillJob, target: string | null): string => `${job.id} ${target ?? ''}`;

/** What was compared while this page is open; null: not yet. */
export const comparisonOf = (job: BackfillJob, target: string | null): Comparison | null =>
  compared.value.get(keyOf(job, target)) ?? null;

/** Whether Matomo has what was planned, at every target; null: not all were compared. */
export function agreesWith(job: BackfillJob): boolean | null {
  const all = targetsOf(job).map((target) => comparisonOf(job, target));
  if (all.includes(null)) return null;
  return all.every((each) => each?.report.ok === true);
}

/** Reads the reports of one target's Matomo and lays them beside the plan. @throws Problem */
export async function compare(job: BackfillJob, target: string | null): Promise<void> {
  const body = { id: job.id, ...(target !== null && { target }) };
  const { report } = await post<{ report: ReconcileReport }>('/api/reconcile', body);
  const found = { report, at_ms: Date.now() };
  compared.value = new Map(compared.value).set(keyOf(job, target), found);
}

/** For the file: each target's comparison by its name, or the only one. */
export function comparisonsOf(job: BackfillJob): unknown {
  if (job.targets.length === 0) return comparisonOf(job, null);
  return Object.fromEntries(job.targets.map(({ name }) => [name, comparisonOf(job, name)]));
}
