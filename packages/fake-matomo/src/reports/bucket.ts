import type { Action, Conversion, Visit } from '../engine/visit.ts';
import type { Site } from '../sites/site.ts';
import { type Call, formatsMetrics, siteOf } from './call.ts';
import { type Span, spansOf } from './period.ts';
import { segmentTest } from './segment.ts';

/** What a report of one span is made of. A visit belongs to the day of its last action, an action
 * and a conversion to the day of its own time. */
export interface Bucket {
  readonly site: Site;
  readonly formatted: boolean;
  readonly visits: Visit[];
  readonly actions: { readonly visit: Visit; readonly action: Action }[];
  readonly conversions: { readonly visit: Visit; readonly conversion: Conversion }[];
}

/**
 * Runs a report over each span a call asks for: the report's value alone for one span, an object
 * keyed by span for a range. The visits are read once, whatever the number of spans.
 */
export function overSpans(call: Call, report: (bucket: Bucket) => unknown): unknown {
  const site = siteOf(call);
  const { keyed, spans } = spansOf(call, site.timezone);
  const buckets = fill(call, site, spans);
  if (!keyed) return report(buckets[0]!);
  return Object.fromEntries(spans.map((span, index) => [span.label, report(buckets[index]!)]));
}

function fill(call: Call, site: Site, spans: readonly Span[]): Bucket[] {
  const formatted = formatsMetrics(call);
  const buckets = spans.map(
    (): Bucket => ({ site, formatted, visits: [], actions: [], conversions: [] }),
  );
  const matches = segmentTest(call.parameters.segment);
  const at = (time_ms: number): Bucket | undefined => buckets[indexOf(spans, time_ms)];
  for (const visit of call.source.store.visits(site.id)) {
    if (!matches(visit)) continue;
    at(visit.last_action_ms)?.visits.push(visit);
    for (const action of visit.actions) at(action.time_ms)?.actions.push({ visit, action });
    for (const conversion of visit.conversions) {
      at(conversion.time_ms)?.conversions.push({ visit, conversion });
    }
  }
  return buckets;
}

/** The span a moment lies in, or -1; spans are in order. */
function indexOf(spans: readonly Span[], time_ms: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle]!;
    if (time_ms < span.from_ms) high = middle - 1;
    else if (time_ms >= span.to_ms) low = middle + 1;
    else return middle;
  }
  return -1;
}
