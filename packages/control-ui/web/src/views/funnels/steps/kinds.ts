import type { FunnelStep } from '@trafficinator/contract';
import type { Fields } from '../../../api/funnels.ts';

export type StepKind = FunnelStep['type'];

interface Kind {
  readonly word: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  /** Fields of its own, in the order of the form. */
  readonly fields: readonly string[];
  /** What a new one holds. */
  readonly blank: Fields;
}

const wait = (from: number, to: number) => ({ delay_seconds_min: from, delay_seconds_max: to });

/** Every type of a step that the format has. */
export const kinds: Readonly<Record<StepKind, Kind>> = {
  pageview: {
    word: 'Page view',
    about: 'A page is opened. The first step has to be one.',
    fields: ['url'],
    blank: { url: '', ...wait(0, 2) },
  },
  event: {
    word: 'Event',
    about: 'Something is clicked, played or scrolled.',
    fields: ['event_category', 'event_action', 'event_name', 'event_value'],
    blank: wait(1, 3),
  },
  site_search: {
    word: 'Search',
    about: 'The site’s own search is used.',
    fields: ['search_keyword', 'search_category', 'search_results'],
    blank: wait(1, 2),
  },
  outlink: {
    word: 'Outlink',
    about: 'A link is followed, to another site as a rule.',
    fields: ['target_url'],
    blank: wait(1, 2),
  },
  download: {
    word: 'Download',
    about: 'A file is fetched.',
    fields: ['target_url'],
    blank: wait(1, 2),
  },
  cart: {
    word: 'Cart',
    about: 'The cart is filled or changed; without an order after it, it is abandoned.',
    fields: ['cart_items', 'revenue'],
    blank: wait(1, 2),
  },
  ecommerce: {
    word: 'Order',
    about: 'The cart is ordered. Amounts that are left out are drawn so that they add up.',
    fields: [
      'ecommerce_revenue',
      'ecommerce_subtotal',
      'ecommerce_tax',
      'ecommerce_shipping',
      'ecommerce_items',
      'ecommerce_currency',
    ],
    blank: wait(1, 2),
  },
  goal: {
    word: 'Goal',
    about: 'A goal is reached. It has to exist in Matomo, which refuses the hit otherwise.',
    fields: ['goal_id', 'goal_revenue'],
    blank: wait(1, 2),
  },
  content: {
    word: 'Content',
    about: 'Content is shown, or the visitor interacts with it.',
    fields: ['content_name', 'content_piece', 'content_target', 'content_interaction'],
    blank: wait(1, 2),
  },
};

export const kindNames = Object.keys(kinds) as StepKind[];

/** A type as it was written; null: there is no such type. */
export const kindOf = (fields: Fields): StepKind | null =>
  kindNames.find((name) => name === fields.type) ?? null;

export const wordOf = (fields: Fields): string => {
  const kind = kindOf(fields);
  return kind === null ? 'Unknown' : kinds[kind].word;
};

/** A new step of a type. */
export const blankStep = (type: StepKind): Fields => ({ type, ...kinds[type].blank });

/** The same step as another type: what both types have stays. */
export function asKind(fields: Fields, type: StepKind): Fields {
  const own = [...kinds[type].fields, ...commonFields];
  const kept = Object.entries(fields).filter(([name]) => own.includes(name));
  return { ...kinds[type].blank, ...Object.fromEntries(kept), type };
}

/** What a step of any type may have, after the fields of its own. */
const commonFields = [
  'url',
  'title',
  'action_name',
  'delay_seconds_min',
  'delay_seconds_max',
  'drop_off',
] as const;

/** The fields of a step's form. */
export function formFields(fields: Fields): readonly string[] {
  const kind = kindOf(fields);
  if (kind === null) return commonFields;
  const own = kinds[kind].fields;
  return [...own, ...commonFields.filter((name) => !own.includes(name))];
}
