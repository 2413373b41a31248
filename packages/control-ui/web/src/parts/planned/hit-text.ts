import type { PlannedHit, PlannedVisit } from './planned.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** Who comes, and from where: `Sweden, sv-SE, smartphone, from google.se`. */
export function visitorText({ country, device, hits }: PlannedVisit): string {
  const params = hits[0]?.params ?? {};
  const language = params.lang?.split(/[,;]/)[0];
  return [countryOf(country), language, device, originOf(params.urlref)].filter(Boolean).join(', ');
}

function countryOf(code: string): string {
  try {
    return countries.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

function originOf(referrer: string | undefined): string {
  if (referrer === undefined || referrer === '') return 'direct';
  const host = URL.parse(referrer)?.hostname.replace(/^www\./, '');
  return host === undefined ? referrer : `from ${host}`;
}

/** `0 s`, `+1.4 s` after the one before. */
export function sinceText(hits: readonly PlannedHit[], at: number): string {
  const before = hits[at - 1];
  const hit = hits[at];
  if (before === undefined || hit === undefined) return '0 s';
  const seconds = (hit.offset_ms - before.offset_ms) / 1000;
  return `+${seconds < 100 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** What Matomo is told, in words. */
export function hitText({ kind, params }: PlannedHit, currency: string): string {
  const at = (name: string) => params[name] ?? '';
  const money = (name: string) => (at(name) === '' ? '' : `${at(name)} ${currency}`);
  const join = (...parts: string[]) => parts.filter(Boolean).join(', ');
  switch (kind) {
    case 'pageview':
      return at('action_name') || at('url');
    case 'event':
      return eventText(params);
    case 'search':
      return join(
        `Search “${at('search')}”`,
        at('search_cat'),
        at('search_count') && `${at('search_count')} results`,
      );
    case 'outlink':
      return `Outlink ${at('link')}`;
    case 'download':
      return `Download ${at('download')}`;
    case 'cart':
      return join('Cart', money('revenue'), pieces(at('ec_items')));
    case 'order':
      return join(`Order ${at('ec_id')}`, money('revenue'), pieces(at('ec_items')));
    case 'goal':
      return join(`Goal ${at('idgoal')}`, money('revenue'));
    case 'content':
    case 'interaction':
      return join([at('c_n'), at('c_p')].filter(Boolean).join(' / '), at('c_i') || 'shown');
    case 'ping':
      return 'Leaves the page';
    default:
      return kind;
  }
}

/** `Navigation / Open / Main menu = 5` */
export function eventText({ e_c, e_a, e_n, e_v }: PlannedHit['params']): string {
  const name = [e_c, e_a, e_n].filter(Boolean).join(' / ');
  return e_v === undefined || e_v === '' ? name : `${name} = ${e_v}`;
}

/** `[[sku, name, category, price, quantity], …]` → `3 pieces`. */
function pieces(items: string): string {
  try {
    const lines = JSON.parse(items) as unknown[][];
    const sum = lines.reduce((total, line) => total + Number(line[4] ?? 1), 0);
    return `${sum} ${sum === 1 ? 'piece' : 'pieces'}`;
  } catch {
    return '';
  }
}
