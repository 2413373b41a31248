import type { Complaint } from './complaint.ts';
import type { Settings } from './settings/list.ts';

/** One of several processes that share the visits of one plan. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** Processes that one plan can be shared among. */
export const mostShards = 64;

/** `k/n` in its normal form: 0 ≤ k < n ≤ 64. */
export function shardText(label: string, text: string): { value: string } | Complaint {
  const shard = readShard(text.trim());
  if (shard !== null) return { value: `${shard.index}/${shard.count}` };
  return {
    code: 'shard_invalid',
    message: `${label} names no part of a whole.`,
    remedy: `Write k/n, for example 0/3, 1/3 and 2/3 for three processes; n is ${mostShards} at most.`,
  };
}

function readShard(text: string): Shard | null {
  const [, index = '', count = ''] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index !== '' && shard.index < shard.count && shard.count <= mostShards ? shard : null;
}

/** The part of the visits that these settings stand for; null: all of them. */
export const shardOf = (settings: Pick<Settings, 'shard'>): Shard | null =>
  settings.shard === null ? null : readShard(settings.shard);

/** Whether visit `index` belongs to the part. */
export const inShard = (shard: Shard | null, index: number): boolean =>
  shard === null || index % shard.count === shard.index;

/** A part's share of a cap: all the shares add up to it. 0 stays 0, no cap. */
export function shareOf(shard: Shard | null, cap: number): number {
  if (shard === null) return cap;
  return Math.floor(cap / shard.count) + (shard.index < cap % shard.count ? 1 : 0);
}

/** A part's share of a rate. */
export const rateOf = (shard: Shard | null, rate: number): number => rate / (shard?.count ?? 1);
