import type { Action, Conversion, Visit } from '../engine/visit.ts';
import type { Site } from '../sites/site.ts';
import { rounded } from './numbers.ts';

/** Matomo shows a guess of the last page's time only when it is longer than this. */
const LEAST_GUESS_SECONDS = 10;

interface Entry {
  readonly time_ms: number;
  readonly order: number;
  readonly details: Record<string, unknown>;
}

/**
 * The entries of a visit in the visitor log, by time. In one second, conversions without an action
 * of their own (orders, carts, manual goals) come before the actions, and a goal that fired comes
 * after the action that fired it.
 */
export function actionDetails(visit: Visit, site: Site): Record<string, unknown>[] {
  const sorted = [...visit.actions].sort(byTimeThenId);
  const entries: Entry[] = sorted.map((action, index) => ({
    time_ms: action.time_ms,
    order: action.id,
    details: actionEntry(visit, site, sorted, index),
  }));
  for (const conversion of visit.conversions) {
    // The conversion's own id is above its action's and below those of the hits after it.
    const order =
      conversion.action_id === null ? conversion.id - Number.MAX_SAFE_INTEGER : conversion.id;
    entries.push({
      time_ms: conversion.time_ms,
      order,
      details: conversionEntry(conversion, site),
    });
  }
  return entries
    .sort((one, other) => one.time_ms - other.time_ms || one.order - other.order)
    .map((entry) => entry.details);
}

const byTimeThenId = (one: Action, other: Action): number =>
  one.time_ms - other.time_ms || one.id - other.id;

const TYPES: Readonly<Record<Action['kind'], string | number>> = {
  page: 'action',
  search: 'search',
  outlink: 'outlink',
  download: 'download',
  event: 'event',
  // Matomo has no name for a content hit in the log and shows its type's number.
  content: 13,
};

function actionEntry(visit: Visit, site: Site, sorted: readonly Action[], index: number) {
  const action = sorted[index]!;
  const { search, event, content, product } = action;
  return {
    type: TYPES[action.kind],
    url: action.url,
    pageTitle: action.title,
    pageIdAction: action.id,
    idpageview: action.page_view_id,
    ...(action.kind === 'page' ? { timeSpent: timeOnPage(visit, sorted, index) } : {}),
    ...(search === undefined ? {} : searchEntry(search)),
    ...(event === undefined ? {} : eventEntry(event)),
    ...(content === undefined ? {} : contentEntry(content)),
    ...(product === undefined ? {} : productEntry(product)),
    ...dimensionEntries(site, action),
    ...action.performance,
    timestamp: action.time_ms / 1000,
  };
}

/**
 * Until the next page: the sum of the gaps that the hits in between and the next page carry. On
 * the last page: until the end of the visit, if that is more than a few seconds, for Matomo does
 * not trust it otherwise.
 */
function timeOnPage(visit: Visit, sorted: readonly Action[], index: number): number {
  let seconds = 0;
  for (const later of sorted.slice(index + 1)) {
    seconds += later.ref_seconds;
    if (later.kind === 'page') return seconds;
  }
  const untilEnd = visit.total_seconds - (sorted[index]!.time_ms - visit.first_action_ms) / 1000;
  return untilEnd > LEAST_GUESS_SECONDS ? untilEnd : seconds;
}

const searchEntry = (search: NonNullable<Action['search']>) => ({
  siteSearchKeyword: search.keyword,
  siteSearchCategory: search.category === '' ? null : search.category,
  siteSearchCount: search.count,
});

const eventEntry = (event: NonNullable<Action['event']>) => ({
  eventCategory: event.category,
  eventAction: event.action,
  ...(event.name === '' ? {} : { eventName: event.name }),
  ...(event.value === null ? {} : { eventValue: event.value }),
});

const contentEntry = (content: NonNullable<Action['content']>) => ({
  contentName: content.name,
  contentPiece: content.piece,
  contentTarget: content.target,
  contentInteraction: content.interaction,
});

const productEntry = (product: NonNullable<Action['product']>) => ({
  productViewSku: product.sku,
  productViewName: product.name,
  productViewCategories: product.category,
  productViewPrice: product.price,
});

function dimensionEntries(site: Site, action: Action): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const { scope, idcustomdimension: id } of site.custom_dimensions) {
    const value = scope === 'action' ? action.dimensions.get(id) : undefined;
    if (value !== undefined) entries[`dimension${id}`] = value;
  }
  return entries;
}

function conversionEntry(conversion: Conversion, site: Site): Record<string, unknown> {
  const timestamp = conversion.time_ms / 1000;
  const revenue = rounded(conversion.revenue, 2);
  if (conversion.kind === 'goal') {
    const goal = site.goals.find(({ idgoal }) => idgoal === conversion.goal_id);
    const { goal_id: goalId, url } = conversion;
    return { type: 'goal', goalName: goal?.name ?? '', goalId, revenue, url, timestamp };
  }
  if (conversion.kind === 'cart') {
    return { type: 'ecommerceAbandonedCart', revenue, items: conversion.items, timestamp };
  }
  return {
    type: 'ecommerceOrder',
    orderId: conversion.order_id,
    revenue,
    revenueSubTotal: rounded(conversion.subtotal, 2),
    revenueTax: rounded(conversion.tax, 2),
    revenueShipping: rounded(conversion.shipping, 2),
    revenueDiscount: rounded(conversion.discount, 2),
    items: conversion.items,
    timestamp,
  };
}
