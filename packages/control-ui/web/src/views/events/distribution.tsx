import { count, share } from '../../format/numbers.ts';
import { Section } from '../../parts/section.tsx';
import { ShareRow } from '../../parts/share-bar.tsx';
import { nameOf, weightOf } from './events-text.ts';
import { listTitles, type ShownList } from './lists.tsx';

const mostShown = 12;

/** How often each event of a list occurs, by its weight. */
export function Distribution({ list }: { readonly list: ShownList }) {
  const { rows, name } = list;
  const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
  if (total === 0) return null;
  const top = rows.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, mostShown);
  const longest = top[0] === undefined ? 0 : weightOf(top[0]);
  return (
    <Section first title={`Expected share of ${listTitles[name].toLowerCase()}`}>
      <ol class="shares">
        {top.map((row, at) => (
          <ShareRow key={at} title={nameOf(row)} part={weightOf(row)} all={total} longest={longest}>
            {nameOf(row)}
          </ShareRow>
        ))}
      </ol>
      <p class="small dim shares-foot">
        {rows.length > mostShown && `The ${mostShown} most frequent of ${count(rows.length)}. `}
        One of them occurs in {share(list.share, 1)} of visits, drawn by weight. It holds for visits
        without a funnel or a journey.
      </p>
    </Section>
  );
}
