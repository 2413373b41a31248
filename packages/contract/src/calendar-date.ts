import type { Complaint } from './complaint.ts';

const day_ms = 86_400_000;

/** A calendar date `YYYY-MM-DD` that exists. */
export function calendarDate(label: string, text: string): { value: string } | Complaint {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return { value: text };
  return {
    code: 'date_invalid',
    message: `${label} is not a date.`,
    remedy: 'Write it as YYYY-MM-DD, for example 2026-03-01.',
  };
}

/** The date so many days later (earlier when negative). Dates are `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day_ms).toISOString().slice(0, 10);
}

/** Days from one date to another; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day_ms);
}
