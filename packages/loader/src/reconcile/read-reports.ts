import { addDays, daysBetween } from '@trafficinator/contract';
import { z } from 'zod';
import { decimal, refusal } from '../send/api-answer.ts';
import { bulkCall } from '../send/api-form.ts';
import { ReportingError } from '../send/reporting.ts';
import type { Figures } from './figures.ts';
import type { Report } from './reports.ts';

/** The part of the Reporting API that is needed here. */
export interface Asked {
  ask(parameters: Readonly<Record<string, string>>): Promise<unknown>;
}

/** What Matomo's reports say. */
export interface Recorded {
  /** Every day of the span that was asked for. */
  readonly days: ReadonlyMap<string, Figures>;
  /** Reports that Matomo does not give, by title, and what it says instead. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface Span {
  readonly first_day: string;
  readonly last_day: string;
}

/** Since 5.8 Matomo takes no more calls in one bulk request. */
const mostCalls = 50;
const mostDays = 31;

const row = z.record(z.string(), z.unknown());
/** Some reports are one row, some are many; `[]` is a day without data. */
const rowsOfDay = z.union([z.array(row), row.transform((one) => [one])]);
/** `[]` is a span without any data. */
const byDay = z.union([z.array(z.never()).transform(() => ({})), z.record(z.string(), rowsOfDay)]);

/**
 * Asks for the reports of all days of a span, a month in one bulk request at most: each call of it answers
 * for every day. A month that Matomo cannot answer in time is asked for in halves.
 * Throws a ReportingError when Matomo refuses or does not answer even for a single day.
 */
export async function readReports(
  asked: Asked,
  site_id: number,
  reports: readonly Report[],
  span: Span,
): Promise<Recorded> {
  const days = new Map<string, Record<string, number>>();
  const refused = new Map<string, string>();
  for (const chunk of chunksOf(span, mostDays)) {
    for (let at = 0; at < reports.length; at += mostCalls) {
      const some = reports.slice(at, at + mostCalls);
      await readChunk(asked, site_id, some, chunk, days, refused);
    }
  }
  return { days, refused };
}

/** Spans of so many days at most that together make the whole. */
export function chunksOf({ first_day, last_day }: Span, longest_days: number): Span[] {
  const chunks: Span[] = [];
  for (let from = first_day; from <= last_day; from = addDays(from, longest_days)) {
    const end = addDays(from, longest_days - 1);
    chunks.push({ first_day: from, last_day: end < last_day ? end : last_day });
  }
  return chunks;
}

async function readChunk(
  asked: Asked,
  site_id: number,
  reports: readonly Report[],
  chunk: Span,
  days: Map<string, Record<string, number>>,
  refused: Map<string, string>,
): Promise<void> {
  const form = formOf(site_id, reports, chunk);
  let answers: readonly unknown[];
  try {
    answers = answersOf(await asked.ask(form), reports.length);
  } catch (error) {
    const length = daysBetween(chunk.first_day, chunk.last_day) + 1;
    if (!(error instanceof ReportingError) || error.refused || length === 1) throw error;
    for (const half of chunksOf(chunk, Math.ceil(length / 2))) {
      await readChunk(asked, site_id, reports, half, days, refused);
    }
    return;
  }
  for (let day = chunk.first_day; day <= chunk.last_day; day = addDays(day, 1)) {
    if (!days.has(day)) days.set(day, {});
  }
  for (const [index, report] of reports.entries()) {
    const why = take(report, answers[index], days);
    if (why !== null) refused.set(report.title, why);
  }
}

function formOf(site_id: number, reports: readonly Report[], chunk: Span): Record<string, string> {
  const queries = reports.map(({ method, parameters }) =>
    new URLSearchParams({
      method,
      ...parameters,
      idSite: String(site_id),
      period: 'day',
      date: `${chunk.first_day},${chunk.last_day}`,
      format: 'json',
      format_metrics: '0',
      filter_limit: '-1',
      language: 'en',
    }).toString(),
  );
  return bulkCall(queries);
}

function answersOf(answer: unknown, wanted: number): readonly unknown[] {
  const list = z.array(z.unknown()).safeParse(answer).data;
  if (list === undefined || list.length !== wanted) {
    throw new ReportingError('a bulk request was answered with something else', false);
  }
  return list;
}

/** Adds a report's figures to its days; returns why there are none, or null. */
function take(
  report: Report,
  answer: unknown,
  days: Map<string, Record<string, number>>,
): string | null {
  const error = refusal.safeParse(answer).data;
  if (error !== undefined) return error.message;
  const read = byDay.safeParse(answer);
  if (!read.success) return 'the answer is no report by day';
  for (const [day, rows] of Object.entries(read.data)) {
    const figures = days.get(day);
    if (figures === undefined) continue;
    for (const { metric, column, counts } of report.columns) {
      let sum = 0;
      for (const each of rows) if (counts(each)) sum += numberIn(each[column]);
      figures[metric.name] = metric.unit === 'money' ? Math.round(sum * 100) : Math.round(sum);
    }
  }
  return null;
}

const numberIn = (value: unknown): number => decimal.safeParse(value).data ?? 0;
