import { ask } from '../../api/client.ts';

type Values = Readonly<Record<string, unknown>>;

/** The saved settings, with the defaults of what is not set. */
export interface SavedSettings {
  readonly values: Values;
  readonly etag: string;
}

interface Answer {
  readonly list: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly values: Values;
}

export async function savedSettings(signal: AbortSignal): Promise<SavedSettings> {
  const { value, etag } = await ask<Answer>('GET', '/api/settings', { signal });
  const all = Object.entries(value.list).map(([name, each]) => [name, each.default ?? null]);
  return { values: { ...Object.fromEntries(all), ...value.values }, etag: etag ?? '' };
}
