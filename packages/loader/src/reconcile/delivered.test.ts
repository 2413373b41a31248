import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { noMarks } from '../account/batches/batch.ts';
import type { KnownBatch } from '../account/batches/fates.ts';
import type { LedgerHit } from '../account/ledger/hit.ts';
import type { PlacedHit } from '../backfill/batch-maker.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import { giveBatch, uncertaintiesOf } from './delivered.ts';

const plan = compilePlan(
  { ...defaultSettings, ecommerce_probability: 1, pageviews_min: 3 },
  builtinMaterial(),
  3,
);
/** Two visits; each has an order as its last hit but one. */
const hits: PlacedHit[] = [0, 1].flatMap((index) => {
  const visit = plan(index);
  return visit.hits.map((hit, position) => ({ visit, hit, position, start_ms: index * 9e6 }));
});
const second = hits.findIndex(({ visit }) => visit.index === 1);
const orderAt = hits.findIndex(({ hit }) => hit.kind === 'order');

const batch = (changes: Partial<KnownBatch> = {}): KnownBatch => ({
  id: 4,
  lane: 0,
  day: 2,
  first_index: 0,
  end_index: 2,
  opener: false,
  visits: 2,
  hits: hits.length,
  state: 'acknowledged',
  sent_at_ms: 0,
  bulk: true,
  done: hits.length,
  marks: noMarks,
  reason: null,
  accepted: hits.length,
  rejected: 0,
  failed: 0,
  unknown: 0,
  queued: 0,
  ...changes,
});

/** What a batch gives to a ledger: accepted `+kind`, refused orders `-order`, forgotten visitors `x`. */
function given(changes: Partial<KnownBatch>): string[] {
  const told: string[] = [];
  const visitors = hits.map(({ visit }) => visit.visitor.id);
  const number = (id: string) => (visitors.indexOf(id) === 0 ? 0 : 1);
  giveBatch(batch(changes), hits, {
    accepted: (hit: LedgerHit) => told.push(`+${hit.kind}${number(hit.visitor)}`),
    refusedOrder: (hit: LedgerHit) => told.push(`-${hit.kind}${number(hit.visitor)}`),
    forget: (id) => told.push(`x${number(id)}`),
  });
  return told;
}
const all = hits.map(({ hit, visit }) => `+${hit.kind}${visit.index}`);
const whole = [...all.slice(0, second), 'x0', ...all.slice(second), 'x1'];

describe('the hits that Matomo took', () => {
  it('are all of an acknowledged batch, and each visitor is forgotten after its visit', () => {
    expect(given({})).toEqual(whole);
  });

  it('leave an opener’s visitor known: its visit goes on in the next batch', () => {
    expect(given({ opener: true })).toEqual(whole.slice(0, -1));
  });

  it('are without the refused ones; a refused order still belongs to its visit', () => {
    const marks = { ...noMarks, rejected: [1, orderAt] };
    const expected = whole.filter((_, at) => at !== 1);
    expected[orderAt - 1] = '-order0';
    expect(given({ marks, rejected: 2, accepted: hits.length - 2 })).toEqual(expected);
  });

  it('are none of a visit that was refused as a whole', () => {
    const marks = { ...noMarks, rejected: all.slice(0, second).map((_, at) => at) };
    expect(given({ marks, rejected: second })).toEqual(whole.slice(second + 1));
  });

  it('are without those that failed or are unknown', () => {
    const marks = { ...noMarks, failed: [0], unknown: [2] };
    expect(given({ state: 'given_up', marks, failed: 1, unknown: 1 })).toEqual(
      whole.filter((_, at) => at !== 0 && at !== 2),
    );
    expect(given({ state: 'given_up', accepted: 0, unknown: hits.length })).toEqual([]);
  });

  it('are of an unfinished batch those that have their outcome', () => {
    expect(given({ state: 'sent', done: 2 })).toEqual([...all.slice(0, 2), 'x0']);
    expect(given({ state: 'unknown', done: 0 })).toEqual([]);
    expect(given({ state: 'rolled_back', done: 0 })).toEqual([]);
  });
});

describe('what is uncertain about a batch', () => {
  const told = (changes: Partial<KnownBatch>) =>
    uncertaintiesOf(batch(changes)).map(({ hits: count, why }) => [count, why]);

  it('is nothing when Matomo named everything', () => {
    expect(told({})).toEqual([]);
    expect(told({ rejected: 2, marks: { ...noMarks, rejected: [3, 4] } })).toEqual([]);
    expect(told({ state: 'given_up', accepted: 0, failed: hits.length })).toEqual([]);
    expect(told({ state: 'rolled_back', done: 0, accepted: 0 })).toEqual([]);
  });

  it('is what it did not name, never found out, has in a queue or has not answered', () => {
    expect(told({ rejected: 2, failed: 1 })).toEqual([[3, 'unnamed']]);
    expect(told({ state: 'given_up', accepted: 0, unknown: 9 })).toEqual([[9, 'given_up']]);
    expect(told({ queued: hits.length })).toEqual([[hits.length, 'queued']]);
    expect(told({ state: 'sent', done: 0 })).toEqual([[hits.length, 'unfinished']]);
    expect(told({ state: 'unknown', done: 4 })).toEqual([[hits.length - 4, 'unfinished']]);
  });
});
