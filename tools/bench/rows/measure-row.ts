import type { Measured, RoundRow, Span } from './row.ts';

/** Measures one row in this process; loads only what the row needs. */
export async function measureRow(row: RoundRow, url: string, span: Span): Promise<Measured> {
  switch (row) {
    case 'bare':
      return (await import('./bare.ts')).measureBare(url, span);
    case 'single':
    case 'single-pauses':
    case 'single-ledger': {
      const { measureSingle } = await import('./single.ts');
      return measureSingle(url, span, row === 'single-pauses', row === 'single-ledger');
    }
    case 'bulk':
      return (await import('./bulk.ts')).measureBulk(url, span);
    case 'plan-plain':
    case 'plan-defaults':
      return (await import('./planning.ts')).measurePlanning(row === 'plan-plain', span);
    case 'waiting':
      return (await import('./waiting.ts')).measureWaiting(url, span);
  }
}
