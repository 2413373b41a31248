import type { Hit, ProductView, Visit, Visitor } from '../plan/visit.ts';
import { describeDetail } from './hit-text.ts';

/** A visit for people: who comes, from where, and what happens when. */
export function visitTable(visit: Visit, arrives_ms: number, with_location: boolean): string {
  const { visitor } = visit;
  const { place, city } = visitor;
  const home = city === null ? place.country : `${city.name} (${place.country})`;
  const where = with_location ? `${home} ${visitor.address}` : place.country;
  const head = `visit ${visit.index}  arrives +${clock(arrives_ms)}  ${visitor.id}${knownText(visitor)}  ${visitor.device.kind} ${visitor.resolution}  ${where}  ${cameFrom(visit)}${funnelText(visit)}${journeyText(visit)}${negativeText(visit)}`;
  const faults = (visit.faults ?? []).map(
    ({ plugin, message }) => `  without plugin ${plugin}: ${message}\n`,
  );
  const rows = visit.hits.map(
    (hit) =>
      `  +${clock(hit.offset_ms).padEnd(8)} ${stepText(visit, hit)}${hit.kind.padEnd(9)} ${describe(hit)}`,
  );
  return `${head}\n${faults.join('')}${rows.join('\n')}\n\n`;
}

/** What is special about who comes: `(returning, user-…)`. */
function knownText({ came_before, user_id }: Visitor): string {
  const facts = [...(came_before ? ['returning'] : []), ...(user_id === null ? [] : [user_id])];
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}

/** How the visit came: `search https://www.google.com/`, `campaign newsletter`, `direct`. */
function cameFrom({ channel, campaign, hits }: Visit): string {
  return [channel, campaign, hits[0]?.referrer?.raw].filter(Boolean).join(' ');
}

/** What the head says of a funnel. */
function funnelText({ funnel }: Visit): string {
  if (funnel === undefined) return '';
  return `  funnel “${funnel.name}”, ${funnel.steps.length} of ${funnel.length} steps`;
}

/** What the head says of a journey. */
const journeyText = ({ journey }: Visit): string =>
  journey === undefined ? '' : `  journey “${journey}”`;

const negativeText = ({ negative }: Visit): string =>
  negative === undefined ? '' : `  negative (${negative}): Matomo must not record it`;

/** A column with the number of a hit's step; visits without a funnel have none. */
function stepText({ funnel }: Visit, hit: Hit): string {
  if (funnel === undefined) return '';
  const step = funnel.steps.indexOf(hit) + 1;
  return (step === 0 ? '' : `step ${step}`).padEnd(8);
}

function describe(hit: Hit): string {
  if (hit.kind === 'pageview') {
    const { product } = hit.detail as Partial<ProductView>;
    const shown = product === undefined ? '' : `  product ${product.sku}`;
    return `${hit.page.url.raw}  “${hit.page.title.raw}”${shown}`;
  }
  return hit.kind === 'ping' ? 'end of the stay' : describeDetail(hit);
}

/** 65,000 ms → `1:05.0`; hours only when there are any. */
function clock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  const minutes = Math.floor(tenths / 600);
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
}
