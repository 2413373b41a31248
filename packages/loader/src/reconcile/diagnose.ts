import { ReportingError } from '../send/reporting.ts';
import { notArchived, segmentsNotArchived } from './causes/archiving.ts';
import { uncertainHits, wholeBatch } from './causes/batches.ts';
import { archiveCommand, type Cause, type Evidence, type Rule } from './causes/cause.ts';
import { featuresOff } from './causes/features.ts';
import { ordersRefused } from './causes/orders.ts';
import { otherDays } from './causes/timezone.ts';
import { visitsInLog } from './causes/visits.ts';

/** In the order of how sure they are; what a rule explains, the later ones are not asked about. */
const rules: readonly Rule[] = [
  featuresOff,
  notArchived,
  otherDays,
  wholeBatch,
  ordersRefused,
  uncertainHits,
  segmentsNotArchived,
  visitsInLog,
];

/** The likely causes of a day's differences; together they explain all of them. */
export async function diagnose(evidence: Evidence): Promise<Cause[]> {
  const open = new Set(evidence.day.differences.map(({ metric }) => metric.name));
  const causes: Cause[] = [];
  let unreadable: string | null = null;
  for (const rule of rules) {
    if (open.size === 0) break;
    try {
      const found = await rule(evidence, open);
      causes.push(...found.filter(({ explains }) => explains.length > 0));
      for (const { explains } of found) for (const name of explains) open.delete(name);
    } catch (error) {
      if (!(error instanceof ReportingError)) throw error;
      unreadable = error.message;
    }
  }
  if (open.size > 0) causes.push(unexplained(evidence, [...open], unreadable));
  return causes;
}

function unexplained(
  evidence: Evidence,
  explains: readonly string[],
  unreadable: string | null,
): Cause {
  const log =
    unreadable === null
      ? 'The visitor log does not explain it.'
      : `The visitor log could not be read (${unreadable}).`;
  return {
    code: 'unexplained',
    label: 'not known',
    text: `${log} If hits came in while Matomo archived, archive again and reconcile again: ${archiveCommand(evidence)}`,
    explains,
  };
}
