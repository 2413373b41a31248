import type { Figures } from '../warm-window.ts';

/** What a row found in one round. */
export interface Measured {
  readonly figures: Figures;
  /** All hits it says were answered, warm-up included; null for a row that sends nothing. */
  readonly hits: number | null;
}

/** Names of the rows, in the order of the report. */
export const rowNames = [
  'bare',
  'bare-dispatch',
  'single',
  'single-pauses',
  'single-ledger',
  'bulk',
  'plan-plain',
  'plan-defaults',
  'plan-everything',
  'waits-agenda',
  'waits-timers',
  'in-flight-10k',
  'in-flight-100k',
] as const;
export type RowName = (typeof rowNames)[number];

/** Rows that are a whole `trafficinator run`, once; the others are measured in rounds. */
export type CommandRow = 'in-flight-10k' | 'in-flight-100k';
export type RoundRow = Exclude<RowName, CommandRow>;

export const isCommandRow = (row: RowName): row is CommandRow => row.startsWith('in-flight');

/** What answers a row. */
export const sinkOf: Record<RoundRow, 'nginx' | 'bulk' | 'none'> = {
  bare: 'nginx',
  'bare-dispatch': 'nginx',
  single: 'nginx',
  'single-pauses': 'nginx',
  'single-ledger': 'nginx',
  bulk: 'bulk',
  'plan-plain': 'none',
  'plan-defaults': 'none',
  'plan-everything': 'none',
  'waits-agenda': 'none',
  'waits-timers': 'none',
};
