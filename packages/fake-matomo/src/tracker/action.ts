import searchParameters from '../data/site-search-parameters.json' with { type: 'json' };
import { HitRefused } from '../engine/refusal.ts';
import type { ActionDraft } from '../engine/visit.ts';
import type { Site } from '../sites/site.ts';
import { storedPageUrl, urlParameters } from './page-url.ts';
import type { Parameters } from './parameters.ts';

/**
 * What a hit did. One request is one action, the first that fits: download, outlink, event,
 * content, site search, page view.
 * @throws HitRefused for an event whose category or action is blank.
 */
export function actionOf(parameters: Parameters, site: Site, url: string): ActionDraft {
  const title = parameters.text('action_name').trim();
  const page = storedPageUrl(url);
  const download = parameters.text('download');
  if (download !== '') return { kind: 'download', url: storedPageUrl(download), title: '' };
  const link = parameters.text('link');
  if (link !== '') return { kind: 'outlink', url: storedPageUrl(link), title: '' };
  return (
    eventOf(parameters, page) ??
    contentOf(parameters, page) ??
    searchOf(parameters, site, url, title) ?? {
      kind: 'page',
      url: page,
      title,
      ...productOf(parameters, site),
    }
  );
}

function eventOf(parameters: Parameters, url: string): ActionDraft | null {
  const category = parameters.text('e_c');
  const action = parameters.text('e_a');
  if (category === '' || action === '') return null;
  if (category.trim() === '' || action.trim() === '') {
    throw new HitRefused('invalid_event', 'An event needs a category and an action.');
  }
  const name = parameters.text('e_n').trim();
  const value = parameters.decimal('e_v');
  const event = { category: category.trim(), action: action.trim(), name, value };
  return { kind: 'event', url, title: '', event };
}

function contentOf(parameters: Parameters, url: string): ActionDraft | null {
  const name = parameters.text('c_n').trim();
  if (name === '') return null;
  const content = {
    name,
    piece: parameters.text('c_p').trim(),
    target: parameters.text('c_t').trim(),
    interaction: parameters.text('c_i').trim(),
  };
  return { kind: 'content', url, title: '', content };
}

/** By parameter or by the page's own query; Matomo stores no address for it. */
function searchOf(
  parameters: Parameters,
  site: Site,
  url: string,
  title: string,
): ActionDraft | null {
  if (site.sitesearch !== 1) return null;
  const { query } = urlParameters(url);
  const inUrl = searchParameters.map((name) => query.get(name)?.trim() ?? '').find(Boolean);
  const keyword = parameters.text('search').trim() || inUrl;
  if (keyword === undefined) return null;
  const category = parameters.text('search_cat').trim().slice(0, 200);
  const found = parameters.whole('search_count');
  const count = found !== null && found >= 0 ? found : null;
  return { kind: 'search', url: null, title, search: { keyword, category, count } };
}

function productOf(parameters: Parameters, site: Site): Pick<ActionDraft, 'product'> {
  const sku = parameters.text('_pks');
  const name = parameters.text('_pkn');
  const category = parameters.text('_pkc');
  if (site.ecommerce !== 1 || (sku === '' && name === '' && category === '')) return {};
  return { product: { sku, name, category, price: parameters.decimal('_pkp') } };
}
