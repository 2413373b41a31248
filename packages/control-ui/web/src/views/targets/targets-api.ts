import type { TargetItem, TargetsAnswer, TargetsChanged } from '@trafficinator/contract/rest';
import { ask } from '../../api/client.ts';

export type Targets = TargetsAnswer & { readonly etag: string };

export async function readTargets(): Promise<Targets> {
  const { value, etag } = await ask<TargetsAnswer>('GET', '/api/targets');
  return { ...value, etag: etag ?? '' };
}

/** Changes the whole list: order, weights, strategy. Masked tokens stay with their targets. */
export async function writeTargets(
  { etag }: Targets,
  items: readonly TargetItem[],
  strategy: TargetsAnswer['strategy'],
): Promise<TargetsChanged> {
  const body = { targets: items, strategy };
  return (await ask<TargetsChanged>('PUT', '/api/targets', { body, if_match: etag })).value;
}

export async function addTarget(target: Record<string, unknown>): Promise<TargetsChanged> {
  return (await ask<TargetsChanged>('POST', '/api/targets', { body: target })).value;
}

export async function changeTarget(
  { etag }: Targets,
  name: string,
  change: Record<string, unknown>,
): Promise<TargetsChanged> {
  const path = `/api/targets/${encodeURIComponent(name)}`;
  return (await ask<TargetsChanged>('PUT', path, { body: change, if_match: etag })).value;
}

export async function removeTarget({ etag }: Targets, name: string): Promise<void> {
  await ask('DELETE', `/api/targets/${encodeURIComponent(name)}`, { if_match: etag });
}
