import { type Bucket, overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { distinct, grouped, ratio, rounded, total } from './numbers.ts';

type EventPart = 'category' | 'action' | 'name';

const SEGMENTS = { category: 'eventCategory', action: 'eventAction', name: 'eventName' } as const;

function rowsBy(bucket: Bucket, part: EventPart) {
  const events = bucket.actions.filter(({ action }) => action.event !== undefined);
  const rows = [];
  for (const [label, group] of grouped(events, ({ action }) => action.event![part])) {
    if (label === '') continue;
    const values = group.map(({ action }) => action.event!.value).filter((value) => value !== null);
    const sum = total(values, (value) => value);
    rows.push({
      label,
      nb_uniq_visitors: distinct(group, ({ visit }) => visit.visitor_id),
      nb_visits: distinct(group, ({ visit }) => visit.id),
      nb_events: group.length,
      nb_events_with_value: values.length,
      sum_event_value: rounded(sum, 2),
      min_event_value:
        values.length === 0 ? 0 : values.reduce((least, value) => Math.min(least, value)),
      max_event_value:
        values.length === 0 ? 0 : values.reduce((most, value) => Math.max(most, value)),
      avg_event_value: rounded(ratio(sum, values.length), 2),
      segment: `${SEGMENTS[part]}==${encodeURIComponent(label)}`,
    });
  }
  return rows.sort((one, other) => other.nb_events - one.nb_events);
}

export const events: Readonly<Record<string, Method>> = {
  'Events.getCategory': (call) => overSpans(call, (bucket) => rowsBy(bucket, 'category')),
  'Events.getAction': (call) => overSpans(call, (bucket) => rowsBy(bucket, 'action')),
  'Events.getName': (call) => overSpans(call, (bucket) => rowsBy(bucket, 'name')),
};
