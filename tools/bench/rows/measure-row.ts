import type { Measured, RoundRow } from './row.ts';

/** Measures one row in this process; loads only what the row needs. */
export async function measureRow(row: RoundRow, url: string): Promise<Measured> {
  switch (row) {
    case 'bare':
      return (await import('./bare.ts')).measureBare(url);
    case 'bare-dispatch':
      return (await import('./bare.ts')).measureDispatch(url);
    case 'single':
    case 'single-ledger':
      return (await import('./single.ts')).measureSingle(url, row === 'single-ledger');
    case 'single-pauses':
      return (await import('./single.ts')).measurePauses(url);
    case 'bulk':
      return (await import('./bulk.ts')).measureBulk(url);
    case 'plan-plain':
    case 'plan-defaults':
    case 'plan-everything':
      return (await import('./planning.ts')).measurePlanning(row);
    case 'waits-agenda':
    case 'waits-timers':
      return (await import('./waits.ts')).measureWaits(row === 'waits-agenda');
  }
}
