import { count, share } from '../../format/numbers.ts';
import { Section } from '../../parts/section.tsx';
import { ShareRow } from '../../parts/share-bar.tsx';
import type { UrlSummary } from './url-analysis.ts';
import type { TreeRow } from './url-tree.ts';

/** How often pages will be viewed, by the weights of the list. */
export function Expected(props: {
  readonly summary: UrlSummary;
  readonly folders: readonly TreeRow[];
}) {
  const { weighted, total_weight, top, pages } = props.summary;
  if (pages === 0) return null;
  const rows = weighted
    ? top.map(({ url, title, weight }) => ({ key: url, name: title, weight }))
    : props.folders.map(({ key, name, weight }) => ({ key, name: `/${name}`, weight }));
  const longest = rows[0]?.weight ?? 0;
  return (
    <Section
      first
      title="Expected share of page views"
      meta={weighted ? 'top pages' : 'top folders'}
    >
      <ol class="shares">
        {rows.map(({ key, name, weight }) => (
          <ShareRow key={key} title={key} part={weight} all={total_weight} longest={longest}>
            {name}
          </ShareRow>
        ))}
      </ol>
      <p class="small dim shares-foot">
        {weighted
          ? `By the weights of ${count(pages)} pages, which come to ${count(total_weight)}. A page without one weighs 1. `
          : `No line has a weight: each of the ${count(pages)} pages has ${share(1, pages).replace(' ', '\u00a0')}. `}
        It holds for visits without a funnel, a journey or a campaign.
      </p>
    </Section>
  );
}
