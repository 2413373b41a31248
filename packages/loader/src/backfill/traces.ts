import { type Trace, traceOf } from '../send/commit-probe.ts';
import type { PlacedHit } from './batch-maker.ts';

/** Hits of a batch that share one fate: those at the positions [from, to). */
export interface Fateful {
  readonly hits: readonly PlacedHit[];
  readonly from: number;
  readonly to: number;
  /** Site's calendar day. */
  readonly date: string;
  /** Whether the hit at a position of the batch is known not to be recorded. */
  readonly missing: (at: number) => boolean;
}

/**
 * What to look for in the visitor log: one action each of the first, the middle and the last visit that
 * leaves one. One would do for a transaction; three tell when Matomo lost a part of it all the same. null:
 * nothing of it shall ever be there, since Matomo must not record it.
 */
export function tracesOf({ hits, from, to, date, missing }: Fateful): Trace[] | null {
  const isNegative = ({ visit }: PlacedHit) => visit.negative !== undefined;
  if (hits.slice(from, to).every(isNegative)) return null;
  const traces: Trace[] = [];
  for (let at = from; at < to; ) {
    const first = hits[at] as PlacedHit;
    let end = at + 1;
    while (end < to && hits[end]?.visit === first.visit) end++;
    const offset = at - first.position;
    const trace = isNegative(first)
      ? null
      : traceOf({
          visit: first.visit,
          start_ms: first.start_ms,
          day: date,
          from: first.position,
          to: first.position + (end - at),
          missing: (position) => missing(position + offset),
        });
    if (trace !== null) traces.push(trace);
    at = end;
  }
  const chosen = [0, traces.length >> 1, traces.length - 1].map((at) => traces[at]);
  return [...new Set(chosen)].filter((trace) => trace !== undefined);
}
