import { type BackfillReport, backfillReport, targetsOf } from '@trafficinator/contract';
import { type TargetReport, targetReport } from '@trafficinator/contract/rest';
import { z } from 'zod';
import type { Told } from '../ports/status-reader.ts';
import { combined } from './fleet/results.ts';
import { readValues } from './fleet/settings-in-force.ts';

/** A backfill in numbers: those of its only target, or the sum over several with each one's part. */
export interface BackfillNumbers {
  /** null: none has begun. */
  readonly report: BackfillReport | null;
  /** None where there is one target. */
  readonly targets: readonly TargetReport[];
}

const none: BackfillNumbers = { report: null, targets: [] };

/** What a loader tells while it runs. */
export function numbersTold(told: Told | null | undefined): BackfillNumbers {
  if (told?.kind === 'backfill') return { report: told.report, targets: [] };
  if (told?.kind !== 'backfills') return none;
  const { targets } = told.status;
  return { report: sumOf(targets), targets };
}

/** What was kept of a run. */
export function numbersKept(result: unknown): BackfillNumbers {
  const report = backfillReport.safeParse(result).data ?? null;
  const kept = z.object({ targets: z.array(targetReport) }).safeParse(result);
  return { report, targets: kept.data?.targets ?? [] };
}

/** What is kept of a run; null: it told no numbers. */
export const keptOf = ({ report, targets }: BackfillNumbers): Record<string, unknown> | null =>
  report === null ? null : { ...report, ...(targets.length > 0 && { targets }) };

/**
 * The reports that were left on the disk, which are later than what was told last. `settings`: those of the
 * backfill, whose targets the reports belong to. null: there are none.
 */
export function numbersLeft(
  reports: readonly BackfillReport[],
  settings: Readonly<Record<string, unknown>>,
  told: BackfillNumbers,
): BackfillNumbers | null {
  const [only] = reports;
  if (only === undefined) return null;
  const { list } = targetsOf(readValues(settings, 'plan').settings);
  if (list.targets.length < 2) return { report: only, targets: [] };
  const targets = list.targets.map(({ name, url, site_id }) => ({
    name,
    report: reports.find(({ target }) => target.url === url && target.site_id === site_id) ?? null,
    trouble: told.targets.find((each) => each.name === name)?.trouble ?? null,
  }));
  return { report: sumOf(targets), targets };
}

/** The worst first: what the backfill of several targets is called by. */
const states = ['running', 'halted', 'stopped', 'finished'] as const;

/** Several targets' reports as one: counts add up, days are joined by their date. */
function sumOf(targets: readonly TargetReport[]): BackfillReport | null {
  const reports = targets.flatMap(({ report }) => report ?? []);
  const [first] = reports;
  if (first === undefined) return null;
  const trouble = targets.find((target) => target.trouble !== null);
  const worst = states.find((state) => reports.some((report) => report.state === state));
  const state = trouble !== undefined && worst !== 'running' ? 'halted' : (worst ?? first.state);
  const ends = reports.map(({ ended_at }) => ended_at);
  const sum = backfillReport.parse(combined(reports));
  const days = sum.days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return {
    ...sum,
    state,
    exit_reason:
      reports.find((report) => report.state === state)?.exit_reason ?? trouble?.trouble ?? null,
    window: {
      first_day: days[0]?.date ?? first.window.first_day,
      last_day: days.at(-1)?.date ?? first.window.last_day,
      days: days.length,
    },
    days,
    started_at: reports.map((report) => report.started_at).toSorted()[0] ?? first.started_at,
    updated_at:
      reports
        .map(({ updated_at }) => updated_at)
        .toSorted()
        .at(-1) ?? first.updated_at,
    ended_at: ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null),
  };
}
