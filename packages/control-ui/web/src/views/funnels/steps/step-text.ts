import type { Fields } from '../../../api/funnels.ts';
import { kindOf } from './kinds.ts';

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value);

/** What a step does in a line: what counts most, and what goes with it. */
export function stepText(fields: Fields): readonly [string, string] {
  const at = (name: string) => textOf(fields[name]);
  const named = at('title') || at('action_name');
  const list = (...names: string[]) => names.map(at).filter(Boolean).join(' / ');
  switch (kindOf(fields)) {
    case 'pageview':
      return named === '' ? [at('url'), ''] : [named, at('url')];
    case 'event': {
      const value = at('event_value');
      const shown = list('event_category', 'event_action', 'event_name');
      return [value === '' ? shown : `${shown} = ${value}`, ''];
    }
    case 'site_search':
      return [at('search_keyword') && `“${at('search_keyword')}”`, at('search_category')];
    case 'outlink':
    case 'download':
      return named === '' ? [at('target_url'), ''] : [named, at('target_url')];
    case 'ecommerce':
      return [
        named || 'Order',
        [amount(at('ecommerce_revenue')), pieces(at('ecommerce_items'))].filter(Boolean).join(', '),
      ];
    case 'cart':
      return [
        named || 'Cart',
        [amount(at('revenue')), pieces(at('cart_items'))].filter(Boolean).join(', '),
      ];
    case 'goal':
      return [at('goal_id') && `Goal ${at('goal_id')}`, amount(at('goal_revenue'))];
    case 'content':
      return [list('content_name', 'content_piece'), at('content_interaction')];
    default:
      return ['', textOf(fields.type)];
  }
}

const amount = (text: string): string => text;
const pieces = (text: string): string =>
  text === '' ? '' : `${text} ${text === '1' ? 'piece' : 'pieces'}`;

/** `1–3 s` */
export function waitText(fields: Fields): string {
  const from = textOf(fields.delay_seconds_min) || '0';
  const to = textOf(fields.delay_seconds_max) || from;
  return from === to ? `${from} s` : `${from}–${to} s`;
}
