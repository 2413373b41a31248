import type { BackfillReport, BackfillStatus, StatusSnapshot } from '@trafficinator/contract';

/** What a loader says of itself. */
export type Told =
  | { readonly kind: 'live'; readonly snapshot: StatusSnapshot }
  | { readonly kind: 'backfill'; readonly report: BackfillReport }
  /** Of several targets. */
  | { readonly kind: 'backfills'; readonly status: BackfillStatus };

/** Asks a loader's status server. Settles within 2 s; rejects when it does not answer, or with nonsense. */
export interface StatusReader {
  read(base_url: string): Promise<Told>;
}
