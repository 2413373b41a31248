import type { TargetItem } from '@trafficinator/contract/rest';

/** A target as it is typed. */
export interface Draft {
  readonly name: string;
  readonly url: string;
  readonly site_id: string;
  readonly token_auth: string;
  readonly clear_token: boolean;
  readonly weight: string;
  readonly target_visits_per_day: string;
  readonly max_visits_per_day: string;
  readonly max_visits: string;
  readonly delivery: TargetItem['delivery'];
  readonly features: TargetItem['features'];
}

export const blank: Draft = {
  name: '',
  url: '',
  site_id: '1',
  token_auth: '',
  clear_token: false,
  weight: '1',
  target_visits_per_day: '',
  max_visits_per_day: '',
  max_visits: '',
  delivery: 'auto',
  features: {},
};

const shown = (value: number | null): string => (value === null ? '' : String(value));

export const draftOf = (target: TargetItem): Draft => ({
  name: target.name,
  url: target.url,
  site_id: String(target.site_id),
  token_auth: '',
  clear_token: false,
  weight: String(target.weight),
  target_visits_per_day: shown(target.target_visits_per_day),
  max_visits_per_day: shown(target.max_visits_per_day),
  max_visits: shown(target.max_visits),
  delivery: target.delivery,
  features: target.features,
});

/** What the service is sent. A text that is no number goes as it is: the service says what is wrong with it. */
export const targetOf = (draft: Draft): Record<string, unknown> => ({
  name: draft.name.trim(),
  url: draft.url.trim(),
  site_id: numberOf(draft.site_id),
  ...tokenOf(draft),
  weight: numberOf(draft.weight),
  target_visits_per_day: numberOf(draft.target_visits_per_day),
  max_visits_per_day: numberOf(draft.max_visits_per_day),
  max_visits: numberOf(draft.max_visits),
  delivery: draft.delivery,
  features: draft.features,
});

function tokenOf({ clear_token, token_auth }: Draft): { token_auth?: string | null } {
  if (clear_token) return { token_auth: null };
  return token_auth === '' ? {} : { token_auth };
}

function numberOf(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** What is sent, as the list shows it afterwards: a token is only there or not. */
export const shownOf = (
  body: Readonly<Record<string, unknown>>,
  { token_auth }: TargetItem,
): Partial<TargetItem> => ({
  ...(body as Partial<TargetItem>),
  token_auth: 'token_auth' in body ? (body.token_auth === null ? null : '***') : token_auth,
});
