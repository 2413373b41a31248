import { isFree, type NewDimension } from '../section.ts';
import { shareRow } from '../share-row.ts';

const mostPages = 15;

/** How popular the heaviest pages are, where a URL list gives weights and no funnel decides. */
export const pages: NewDimension = ({ material }) => {
  const { pages: all, page_weights: weights } = material;
  const sum = weights?.reduce((total, weight) => total + weight, 0) ?? 0;
  const asked = all.map((page, at) => ({ page, share: (weights?.[at] ?? 0) / sum }));
  const heaviest = asked.sort((a, b) => b.share - a.share).slice(0, mostPages);
  const counts = new Map(heaviest.map(({ page }) => [page, 0]));
  let total = 0;
  return {
    see: (visit) => {
      // A campaign’s link may lead to a page of its own.
      if (weights === null || !isFree(visit) || visit.campaign !== null) return;
      for (const { kind, page } of visit.hits) {
        if (kind !== 'pageview') continue;
        total++;
        const count = counts.get(page);
        if (count !== undefined) counts.set(page, count + 1);
      }
    },
    sections: () =>
      total === 0
        ? []
        : [
            {
              name: 'pages',
              title: 'The heaviest pages',
              of: 'page views without funnels, journeys and campaigns',
              total,
              rows: heaviest.map(({ page, share }) =>
                shareRow(page.url.raw, counts.get(page) ?? 0, total, share),
              ),
              figures: [],
            },
          ],
  };
};
