import { readFileSync } from 'node:fs';
import { type BackfillReport, backfillReport } from '@trafficinator/contract';
import { Failure } from './failure.ts';
import { writeWhole } from './whole-file.ts';

/** Writes a report whole or not at all. Throws Node's error. */
export function writeReport(path: string, report: BackfillReport): void {
  writeWhole(path, `${JSON.stringify(report, null, 2)}\n`);
}

/** The report that is there, or null; throws a Failure when it is unreadable. */
export function readReport(path: string): BackfillReport | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return backfillReport.parse(JSON.parse(text));
  } catch {
    throw Failure.of('state_unusable', {
      message: `The report ${path} is damaged, or another version of this program wrote it.`,
      remedy:
        'Remove it: a backfill writes it anew, and what was sent is in the journal beside it.',
      fields: ['state_dir'],
    });
  }
}
