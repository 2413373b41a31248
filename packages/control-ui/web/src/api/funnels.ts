import type {
  FunnelDetail,
  FunnelStatistics,
  FunnelsImported,
  funnelsAnswer,
} from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { ask, get } from './client.ts';

type Page = z.output<typeof funnelsAnswer>;
export type FunnelItem = Page['items'][number];
export type FunnelRow = FunnelDetail;
/** A funnel or a step as a file writes it. */
export type Fields = Readonly<Record<string, unknown>>;

/** All funnels in the order in which they are tried; `etag` stands for the whole list. */
export interface FunnelList {
  readonly items: readonly FunnelItem[];
  readonly etag: string;
}

export async function allFunnels(signal?: AbortSignal): Promise<FunnelList> {
  const items: FunnelItem[] = [];
  let etag = '';
  let cursor: string | null = null;
  do {
    const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask<Page>('GET', `/api/funnels?limit=200${next}`, {
      ...(signal !== undefined && { signal }),
    });
    const page: Page = answer.value;
    items.push(...page.items);
    etag = answer.etag ?? '';
    cursor = page.next;
  } while (cursor !== null);
  return { items, etag };
}

export const funnelOf = (id: number, signal?: AbortSignal): Promise<FunnelRow> =>
  get<FunnelRow>(`/api/funnels/${id}`, signal);

/** Funnels as a file has them. */
export const funnelsFile = (): Promise<Fields[]> => get<Fields[]>('/api/funnels/file');

export const statistics = (signal: AbortSignal): Promise<FunnelStatistics> =>
  get<FunnelStatistics>('/api/funnels/statistics', signal);

export const createFunnel = async (funnel: Fields): Promise<FunnelRow> =>
  (await ask<FunnelRow>('POST', '/api/funnels', { body: funnel })).value;

/** What `funnel` leaves out stays; null puts it back to its default. */
export const changeFunnel = async (
  { id, version }: Pick<FunnelItem, 'id' | 'version'>,
  funnel: Fields,
): Promise<FunnelRow> =>
  (
    await ask<FunnelRow>('PUT', `/api/funnels/${id}`, {
      body: funnel,
      if_match: `"${version}"`,
    })
  ).value;

export const switchFunnel = async (
  { id, version }: Pick<FunnelItem, 'id' | 'version'>,
  enabled: boolean,
): Promise<FunnelRow> =>
  (
    await ask<FunnelRow>('PUT', `/api/funnels/${id}/enabled`, {
      body: { enabled },
      if_match: `"${version}"`,
    })
  ).value;

export const removeFunnel = async ({
  id,
  version,
}: Pick<FunnelItem, 'id' | 'version'>): Promise<void> => {
  await ask('DELETE', `/api/funnels/${id}`, { if_match: `"${version}"` });
};

export const orderFunnels = async (ids: readonly number[], etag: string): Promise<void> => {
  await ask('PUT', '/api/funnels/order', { body: { ids }, if_match: etag });
};

export const importFunnels = async (
  funnels: readonly Fields[],
  conflict: string,
): Promise<FunnelsImported> =>
  (
    await ask<FunnelsImported>('POST', `/api/funnels/import?conflict=${conflict}`, {
      body: funnels,
    })
  ).value;
