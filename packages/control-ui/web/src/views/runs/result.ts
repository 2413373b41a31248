import type { BackfillReport, RunSummary } from '@trafficinator/contract';
import type { RunRecord } from '@trafficinator/contract/rest';
import type { LedgerNumbers } from '../../parts/ledger.tsx';
import type { Reason } from '../../parts/reasons.tsx';

/** Distribution of a duration, ms. */
export type Spread = NonNullable<RunSummary['response_ms']>;

/** The result of a run, of either kind, as far as the page shows it. */
export interface Result {
  readonly hits: LedgerNumbers;
  /** Below the total of the ledger: visits planned and what became of them. */
  readonly visits: { readonly planned: number; readonly whole: number };
  readonly reasons: readonly Reason[];
  readonly durations: readonly (readonly [string, Spread])[];
  readonly seed: number | null;
  readonly targets: RunSummary['targets'];
  readonly notices: readonly string[];
}

type Live = Partial<RunSummary> & { readonly hits: RunSummary['hits'] & { pending?: number } };

/** null: the run has told nothing yet, or its end was lost. */
export function resultOf({ kind, result }: RunRecord): Result | null {
  if (result === null || typeof result.hits !== 'object') return null;
  return kind === 'backfill'
    ? ofBackfill(result as unknown as BackfillReport)
    : ofLive(result as unknown as Live);
}

function ofLive(result: Live): Result {
  const durations = [
    ['Answer time', result.response_ms],
    ['Latency since the planned moment', result.latency_ms],
    ['Lateness of the sending', result.lateness_ms],
  ] as const;
  return {
    hits: { ...result.hits, pending: result.hits.pending ?? 0 },
    visits: { planned: result.visits?.planned ?? 0, whole: result.visits?.delivered ?? 0 },
    reasons: result.reasons ?? [],
    durations: durations.flatMap(([name, spread]) => (spread ? [[name, spread] as const] : [])),
    seed: result.seed ?? null,
    targets: result.targets ?? [],
    notices: result.notices ?? [],
  };
}

function ofBackfill({ hits, visits, reasons, seed, notices }: BackfillReport): Result {
  return {
    hits: { ...hits, planned: hits.done, dropped: 0, pending: 0 },
    visits: { planned: visits.planned, whole: visits.done },
    reasons,
    durations: [],
    seed,
    targets: [],
    notices,
  };
}
