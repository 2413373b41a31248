import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isComplaint } from './complaint.ts';
import { inShard, mostShards, rateOf, shardOf, shardText, shareOf } from './shard.ts';

const shards = (count: number) => Array.from({ length: count }, (_, index) => ({ index, count }));
const counts = fc.integer({ min: 1, max: mostShards });

it('reads k/n', () => {
  expect(shardText('SHARD', ' 2/16 ')).toEqual({ value: '2/16' });
  expect(shardText('SHARD', '00/1')).toEqual({ value: '0/1' });
  expect(shardOf({ shard: '2/16' })).toEqual({ index: 2, count: 16 });
  expect(shardOf({ shard: null })).toBeNull();
  for (const text of ['', '1', '1/1', '3/3', '0/0', '0/65', '-1/2', '1.0/2', '1/2/3', 'a/b']) {
    expect(isComplaint(shardText('SHARD', text))).toBe(true);
  }
});

it('gives each visit to one part', () => {
  fc.assert(
    fc.property(counts, fc.nat(), (count, visit) => {
      expect(shards(count).filter((shard) => inShard(shard, visit))).toHaveLength(1);
    }),
  );
  expect(inShard(null, 5)).toBe(true);
});

it('divides a cap so that the parts add up to it, and take the same visits', () => {
  fc.assert(
    fc.property(counts, fc.nat(5_000), (count, cap) => {
      const shares = shards(count).map((shard) => shareOf(shard, cap));
      expect(shares.reduce((a, b) => a + b, 0)).toBe(cap);
      const visits = Array.from({ length: cap }, (_, visit) => visit);
      for (const shard of shards(count)) {
        expect(visits.filter((visit) => inShard(shard, visit))).toHaveLength(shareOf(shard, cap));
      }
    }),
  );
  expect(shareOf(null, 7)).toBe(7);
  expect(rateOf({ index: 1, count: 4 }, 100)).toBe(25);
  expect(rateOf(null, 100)).toBe(100);
});
