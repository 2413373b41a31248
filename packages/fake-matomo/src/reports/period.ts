import { DateTime } from 'luxon';
import { type Call, ReportError, required } from './call.ts';

/** A stretch of time in a report, named as the report names it. */
export interface Span {
  readonly label: string;
  readonly from_ms: number;
  readonly to_ms: number;
}

/** The spans a call asks for; `keyed`: the answer is an object with one entry per span. */
export interface Spans {
  readonly keyed: boolean;
  readonly spans: readonly Span[];
}

const units = ['day', 'week', 'month', 'year'] as const;
type Unit = (typeof units)[number];

/**
 * Reads `period` and `date` in the site's timezone. Days and other periods may come as a range
 * `from,to`, or as `lastN`; `period=range` is one span.
 */
export function spansOf(call: Call, timezone: string): Spans {
  const period = required(call, 'period');
  const date = required(call, 'date');
  const today = DateTime.fromMillis(call.source.now(), { zone: timezone }).startOf('day');
  const [first, last] = bounds(date, today, period);
  if (period === 'range') {
    const from = parseDay(first, today);
    const to = parseDay(last ?? first, today);
    return { keyed: false, spans: [spanOf(`${iso(from)},${iso(to)}`, from, to, 'day')] };
  }
  const unit = units.find((known) => known === period);
  if (unit === undefined) throw new ReportError(`The period '${period}' is not supported.`);
  const from = parseDay(first, today).startOf(unit);
  if (last === undefined) return { keyed: false, spans: [spanOf(iso(from), from, from, unit)] };
  const to = parseDay(last, today).startOf(unit);
  const spans: Span[] = [];
  for (let at = from; at <= to; at = at.plus({ [unit]: 1 }).startOf(unit)) {
    spans.push(spanOf(labelOf(at, unit), at, at, unit));
  }
  return { keyed: true, spans };
}

function bounds(date: string, today: DateTime, period: string): [string, string?] {
  const relative = /^(last|previous)(\d+)$/.exec(date);
  if (relative === null) {
    const [first, last] = date.split(',');
    return last === undefined ? [first!] : [first!, last];
  }
  const unit = units.find((known) => known === period) ?? 'day';
  const newest = relative[1] === 'last' ? today : today.minus({ [unit]: 1 });
  const oldest = newest.minus({ [unit]: Number(relative[2]) - 1 });
  return [iso(oldest), iso(newest)];
}

function parseDay(text: string, today: DateTime): DateTime {
  if (text === 'today') return today;
  if (text === 'yesterday') return today.minus({ days: 1 });
  const day = DateTime.fromISO(text, { zone: today.zone });
  if (!day.isValid) throw new ReportError(`The date '${text}' is not a correct date.`);
  return day.startOf('day');
}

const iso = (day: DateTime): string => day.toISODate() ?? '';

function labelOf(from: DateTime, unit: Unit): string {
  if (unit === 'week') return `${iso(from)},${iso(from.endOf('week'))}`;
  if (unit === 'month') return from.toFormat('yyyy-MM');
  return unit === 'year' ? from.toFormat('yyyy') : iso(from);
}

const spanOf = (label: string, from: DateTime, to: DateTime, unit: Unit): Span => ({
  label,
  from_ms: from.toMillis(),
  to_ms: to
    .plus({ [unit]: 1 })
    .startOf(unit)
    .toMillis(),
});
