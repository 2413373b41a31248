import type { EventListName } from '@trafficinator/contract/rest';
import { setQuery } from '../../app/router.ts';
import { count, share } from '../../format/numbers.ts';
import { Section } from '../../parts/section.tsx';
import { categoriesOf, type EventRow, weightOf } from './events-text.ts';

export const listTitles: Readonly<Record<EventListName, string>> = {
  click_events: 'Click events',
  random_events: 'Random events',
};

/** A list as it would be in force. */
export interface ShownList {
  readonly name: EventListName;
  readonly rows: readonly EventRow[];
  /** The file says nothing of it. */
  readonly built_in: boolean;
  /** Share of visits with one, 0 to 1, and where that is from. */
  readonly share: number;
}

/** The two lists to choose from, and the categories of the chosen one. */
export function Lists(props: { readonly lists: readonly ShownList[]; readonly chosen: ShownList }) {
  const { lists, chosen } = props;
  const categories = categoriesOf(chosen.rows);
  const total = chosen.rows.reduce((sum, row) => sum + weightOf(row), 0);
  return (
    <div>
      <Section first title="Lists">
        <ul class="pick event-lists">
          {lists.map(({ name, rows, built_in, share: part }) => (
            <li key={name} class={name === chosen.name ? 'sel' : ''}>
              <button
                type="button"
                class="link strong"
                aria-pressed={name === chosen.name}
                onClick={() => setQuery({ list: name === 'click_events' ? null : name })}
              >
                {listTitles[name]}
              </button>
              <span class="small dim num">{count(rows.length)} events</span>
              <span class="small dim event-from">
                {built_in ? 'built in' : 'your own'}, in {share(part, 1)} of visits
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Categories" meta={count(categories.length)}>
        <ul class="shares narrow">
          {categories.slice(0, 30).map(({ category, events, weight }) => (
            <li key={category} title={category}>
              <span class="clip">{category}</span>
              <span class="num dim">{count(events)}</span>
              <span class="num">{share(weight, total)}</span>
            </li>
          ))}
        </ul>
        {categories.length > 30 && (
          <p class="small dim shares-foot">{count(categories.length - 30)} more.</p>
        )}
      </Section>
    </div>
  );
}
