import { slugOf } from '@trafficinator/contract';
import site from '../data/site.json' with { type: 'json' };
import { encoded, type Page } from './material.ts';

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The built-in site: 10 categories × 5 subcategories × 40 pages (5 subjects in 8 forms each), 2,000
 * pages in all, always in the same order, each subject's pages together.
 * URLs are `origin/category/subcategory/page` and carry no query; URLs and titles are all distinct.
 */
export function sitePages(): Page[] {
  return site.categories.flatMap(({ name: category, forms, subcategories }) =>
    Object.entries(subcategories).flatMap(([subcategory, subjects]) => {
      const folder = `${site.origin}/${slugOf(category)}/${slugOf(subcategory)}`;
      return subjects.flatMap((subject) =>
        forms.map((form) => {
          const heading = capitalised(form.replace('{}', subject));
          return {
            url: encoded(`${folder}/${slugOf(heading)}`),
            title: encoded(`${heading} – ${subcategory} | ${site.site_name}`),
          };
        }),
      );
    }),
  );
}
