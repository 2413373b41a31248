import { post } from '../../api/client.ts';

/** A hit of a planned visit; `params` are those it is sent with. */
export interface PlannedHit {
  readonly kind: string;
  readonly offset_ms: number;
  readonly params: Readonly<Record<string, string>>;
}

/** A visit as the planner made it. */
export interface PlannedVisit {
  readonly visit: number;
  readonly device: string;
  readonly country: string;
  readonly hits: readonly PlannedHit[];
}

interface Wanted {
  readonly visits: number;
  readonly from: number;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly events?: unknown;
  readonly urls?: string;
}

/** Visits as the loader would send them with the saved settings; nothing is sent. */
export async function planned(wanted: Wanted): Promise<readonly PlannedVisit[]> {
  const { visits } = await post<{ visits: readonly PlannedVisit[] }>('/api/plan', wanted);
  return visits;
}

const words: Readonly<Record<string, (params: PlannedHit['params']) => string | undefined>> = {
  pageview: ({ action_name, url }) => action_name ?? url,
  event: eventText,
  search: ({ search }) => `search “${search ?? ''}”`,
  outlink: ({ link }) => `out to ${link ?? ''}`,
  download: ({ download }) => `download ${download ?? ''}`,
  ping: () => 'end of the stay',
};

/** `Navigation / Open / Main menu = 5` */
export function eventText({ e_c, e_a, e_n, e_v }: PlannedHit['params']): string {
  const names = [e_c, e_a, e_n].filter((each) => each !== undefined && each !== '').join(' / ');
  return e_v === undefined ? names : `${names} = ${e_v}`;
}

/** What a hit is, in a few words. */
export const hitText = ({ kind, params }: PlannedHit): string => words[kind]?.(params) ?? kind;

const seconds = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `+12.4 s` after the hit before; the first is at `0 s`. */
export function afterText(hits: readonly PlannedHit[], at: number): string {
  const before = hits[at - 1];
  if (before === undefined) return '0 s';
  return `+${seconds.format(((hits[at]?.offset_ms ?? 0) - before.offset_ms) / 1000)} s`;
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** `Germany, smartphone` */
export function visitorText({ country, device }: PlannedVisit): string {
  const name = /^[a-z]{2}$/i.test(country) ? countries.of(country.toUpperCase()) : null;
  return [name, device].filter(Boolean).join(', ');
}
