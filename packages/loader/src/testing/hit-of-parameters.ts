import type { LedgerHit, LedgerOrder } from '../account/ledger/hit.ts';
import { addressOf, overlaps } from '../plan/material/ipv4.ts';
import { matomoBotNetworks } from '../plan/material/shunned-networks.ts';
import type { HitKind } from '../plan/visit.ts';

/** Parameters of a tracking request. */
export type Parameters = Readonly<Record<string, string | number>>;

/**
 * The ledger's hit of a raw tracking request as Matomo takes it, or null when Matomo records nothing of
 * it: a bot's, a spammer's, one without `rec=1`.
 */
export function hitOfParameters(parameters: Parameters): LedgerHit | null {
  const text = (name: string): string | null => {
    const value = String(parameters[name] ?? '');
    return value === '' ? null : value;
  };
  const userAgent = text('ua') ?? '';
  const network = { first: addressOf(text('cip') ?? '192.0.2.1'), prefix: 32 };
  if (text('rec') !== '1' || /bot|k6\//i.test(userAgent)) return null;
  if (matomoBotNetworks.some((bots) => overlaps(bots, network))) return null;
  if (text('urlref')?.includes('semalt.com')) return null;
  const kind = kindOf(text);
  const isEcommerce = kind === 'order' || kind === 'cart';
  const items = isEcommerce ? itemsOf(text('ec_items')) : 0;
  return {
    kind,
    visitor: text('cid') ?? '',
    user_id: text('uid'),
    at_seconds: Date.parse(`${text('cdt')?.replace(' ', 'T')}Z`) / 1000,
    new_visit: text('new_visit') === '1',
    url: text('url'),
    link: text('download') ?? text('link'),
    referrer: text('urlref'),
    title: text('action_name'),
    keyword: text('search'),
    event:
      kind === 'event'
        ? { category: text('e_c') ?? '', action: text('e_a') ?? '', name: text('e_n') }
        : null,
    order: kind === 'order' ? orderOf(text, items) : null,
    cart: kind === 'cart' ? { revenue_minor: minor(text('revenue')), items } : null,
    conversion:
      kind === 'goal'
        ? {
            goal: Number(text('idgoal')),
            revenue_minor: text('revenue') === null ? null : minor(text('revenue')),
          }
        : null,
  };
}

type Text = (name: string) => string | null;

/** One request is one thing; Matomo's order of precedence. */
function kindOf(text: Text): HitKind {
  if (text('ping') === '1') return 'ping';
  if (text('idgoal') === '0') return text('ec_id') === null ? 'cart' : 'order';
  if (text('idgoal') !== null) return 'goal';
  if (text('download') !== null) return 'download';
  if (text('link') !== null) return 'outlink';
  if (text('e_c') !== null && text('e_a') !== null) return 'event';
  if (text('c_n') !== null) return text('c_i') === null ? 'content' : 'interaction';
  return text('search') === null ? 'pageview' : 'search';
}

function orderOf(text: Text, items: number): LedgerOrder {
  return {
    revenue_minor: minor(text('revenue')),
    subtotal_minor: minor(text('ec_st')),
    tax_minor: minor(text('ec_tx')),
    shipping_minor: minor(text('ec_sh')),
    discount_minor: minor(text('ec_dt')),
    items,
  };
}

const minor = (units: string | null): number => Math.round(Number(units) * 100);

/** Sum of the quantities of `[[sku, name, category, price, quantity], …]`. */
function itemsOf(json: string | null): number {
  const lines: [string, string, unknown, number, number][] = JSON.parse(json ?? '[]');
  return lines.reduce((sum, [, , , , quantity]) => sum + quantity, 0);
}
