import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BackfillReport, backfillReport } from '@trafficinator/contract';

/** Writes a report whole or not at all: readers never see half of one. */
export function writeReport(path: string, report: BackfillReport): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(temporary, path);
}

/** The report that is there, or null. */
export function readReport(path: string): BackfillReport | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  return backfillReport.parse(JSON.parse(text));
}
