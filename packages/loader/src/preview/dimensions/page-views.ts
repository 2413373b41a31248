import { isFree, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

/** How many pages a visit views, where no funnel decides. */
export const pageViews: NewDimension = ({ settings }) => {
  const { pageviews_min: least, pageviews_max: most } = settings;
  const counts = Array.from({ length: most - least + 1 }, (_, n) => String(least + n));
  return sharesOf(
    { name: 'page_views', title: 'Page views a visit', of: 'visits without funnel and journey' },
    (visit) =>
      isFree(visit) ? String(visit.hits.filter(({ kind }) => kind === 'pageview').length) : null,
    new Map(counts.map((count) => [count, 1])),
  );
};
