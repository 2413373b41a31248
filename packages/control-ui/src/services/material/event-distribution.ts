import type { CustomEvent } from '@trafficinator/contract';
import type { EventDistribution } from '@trafficinator/contract/rest';

type ListNumbers = EventDistribution['click_events'];
const mostShown = 50;

/** How often the categories of a list occur, the most frequent first. */
export function numbersOf(events: readonly CustomEvent[], from: ListNumbers['from']): ListNumbers {
  const total = events.reduce((sum, { weight }) => sum + weight, 0);
  const found = new Map<string, { events: number; weight: number }>();
  for (const { category, weight } of events) {
    const known = found.get(category) ?? { events: 0, weight: 0 };
    found.set(category, { events: known.events + 1, weight: known.weight + weight });
  }
  const categories = [...found]
    .map(([category, each]) => ({
      category,
      events: each.events,
      share: total === 0 ? 0 : each.weight / total,
    }))
    .toSorted((a, b) => b.share - a.share || (a.category < b.category ? -1 : 1));
  return { count: events.length, from, categories: categories.slice(0, mostShown) };
}
