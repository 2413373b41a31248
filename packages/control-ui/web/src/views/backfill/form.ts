import { addDays, daysBetween } from '@trafficinator/contract/calendar-date';
import type { ProblemDetails } from '@trafficinator/contract/rest';
import { place } from '../../app/router.ts';

/** Fields beside the window, by their part of the address. */
export const fields = {
  backfill_max_visits_per_day: 'per_day',
  backfill_max_visits_total: 'total',
  backfill_hits_per_second: 'hits_per_second',
  backfill_seed: 'seed',
} as const;
export type FieldName = keyof typeof fields;
export const fieldNames = Object.keys(fields) as FieldName[];

export interface Form {
  readonly from: string;
  readonly to: string;
  /** As they are written; blank: left to its default. */
  readonly values: Readonly<Record<FieldName, string>>;
}

const usual_days = 30;

/** What the address says; without a window the last thirty days before today. */
export function formOf(today: string): Form {
  const { query } = place.value;
  const values = Object.fromEntries(
    fieldNames.map((name) => [name, query.get(fields[name]) ?? '']),
  ) as Record<FieldName, string>;
  const from = query.get('from') ?? addDays(today, -usual_days);
  return { from, to: query.get('to') ?? addDays(today, -1), values };
}

/** The form as settings over the saved ones; a window that was saved otherwise does not count here. */
export function configOf({ from, to, values }: Form): Record<string, unknown> {
  const numbers = fieldNames.flatMap((name) => {
    const text = values[name].trim();
    return text === '' ? [] : [[name, numberOf(text)] as const];
  });
  return {
    backfill_start_date: from,
    backfill_end_date: to,
    backfill_days_back: null,
    backfill_duration_days: null,
    ...Object.fromEntries(numbers),
  };
}

/** `2,000` is a number; what is none is sent as it is, so that the service says what is wrong with it. */
function numberOf(text: string): number | string {
  const plain = text.replaceAll(/[,\s]/g, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

export const daysOf = ({ from, to }: Form): number => daysBetween(from, to) + 1;

/** Whether a date exists: `2026-02-30` does not. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && addDaysSafely(text) === text;
}

function addDaysSafely(text: string): string | null {
  return Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? null : addDays(text, 0);
}

/** The date in a zone: `2026-11-20`. An unknown zone counts as UTC. */
export function dateIn(zone: string, now_ms: number): string {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now_ms);
  try {
    return format(zone);
  } catch {
    return format('UTC');
  }
}

type Mistakes = ProblemDetails['errors'];
const own = new Set<string>([...fieldNames, 'backfill_start_date', 'backfill_end_date']);
const inWindow = new Set(['backfill_days_back', 'backfill_duration_days']);

/** Mistakes of a field of this form; a mistake of the window as a whole is one of its first day. */
export const mistakesOf = (errors: Mistakes, name: string): Mistakes =>
  errors.filter(
    ({ field }) => (inWindow.has(field ?? '') ? 'backfill_start_date' : field) === name,
  );

/** Mistakes of settings that are not in this form. */
export const mistakesElsewhere = (errors: Mistakes): Mistakes =>
  errors.filter(({ field }) => !own.has(field ?? '') && !inWindow.has(field ?? ''));
